package io.gyre.api.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a ciphertext belongs to, as its user sees it: pairs of texts that are not secret, and must be the same again when
 * it is decrypted. None at all is the same as an empty one.
 *
 * @param canonical a JSON object, its keys in order: equal for equal pairs
 */
record EncryptionContext(String canonical) {
    /** Of the canonical form, in characters; Gyre's choice. */
    private static final int LIMIT = 8192;

    /**
     * Given as one JSON object, which is what the SDKs send, or flattened, as {@code EncryptionContext.Key=value}.
     *
     * @throws RpcFault InvalidParameter, also where it is given both ways
     */
    static EncryptionContext given(RpcRequest request, String parameter) {
        SortedMap<String, String> pairs = flattened(request, parameter);
        String text = request.text(parameter);
        if (text != null && !text.isEmpty()) {
            if (!pairs.isEmpty()) {
                throw KmsFaults.invalid(parameter, "give it as one JSON object or flattened, not both.");
            }
            for (var field : WireJson.object(parameter, text).properties()) {
                pairs.put(field.getKey(), value(parameter, field.getValue()));
            }
        }
        return canonical(parameter, pairs);
    }

    private static EncryptionContext canonical(String parameter, SortedMap<String, String> pairs) {
        ObjectNode ordered = WireJson.answer();
        pairs.forEach(ordered::put);
        String canonical = ordered.toString();
        if (canonical.length() > LIMIT || !PlainText.isEncodable(canonical)) {
            throw KmsFaults.invalid(
                    parameter, "it must have at most " + LIMIT + " characters, all of which UTF-8 can carry.");
        }
        return new EncryptionContext(canonical);
    }

    private static SortedMap<String, String> flattened(RpcRequest request, String parameter) {
        String prefix = parameter + ".";
        SortedMap<String, String> pairs = new TreeMap<>();
        for (var given : request.parameters().tailMap(prefix).entrySet()) {
            if (!given.getKey().startsWith(prefix)) {
                break;
            }
            pairs.put(given.getKey().substring(prefix.length()), given.getValue());
        }
        return pairs;
    }

    private static String value(String parameter, JsonNode value) {
        if (!value.isTextual()) {
            throw KmsFaults.invalid(parameter, "each of its values must be a text.");
        }
        return value.textValue();
    }
}
