package io.gyre.rpc;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** RFC 3986 encoding for signatures, and the strict decoding of query strings and form bodies. */
final class PercentEncoding {
    private PercentEncoding() {}

    /** Encodes all but letters, digits and {@code - _ . ~}. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** {@code k=v} pairs, encoded, sorted by name, joined with {@code &}. */
    static String canonical(SortedMap<String, String> parameters) {
        StringBuilder joined = new StringBuilder();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (joined.length() > 0) {
                joined.append('&');
            }
            joined.append(encode(parameter.getKey())).append('=').append(encode(parameter.getValue()));
        }
        return joined.toString();
    }

    /**
     * Parses a query string. {@code +} is a space, as every SDK of Alibaba Cloud assumes; a name without {@code =} has
     * the empty value.
     *
     * @throws RpcFault where a name repeats, or where the text is no percent-encoded UTF-8
     */
    static SortedMap<String, String> query(String encoded) {
        return parse(encoded, false);
    }

    /**
     * Parses a form body, as {@link #query} but stricter: each part must be {@code name=value}, so that a body which is
     * no form at all is not taken for the name of a parameter.
     *
     * @throws RpcFault as for a query, and where a part has no {@code =}
     */
    static SortedMap<String, String> form(String encoded) {
        return parse(encoded, true);
    }

    private static SortedMap<String, String> parse(String encoded, boolean valuesDemanded) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String part : encoded.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (valuesDemanded && equals < 1) {
                throw GatewayFaults.unreadable("the body is no form of name=value pairs.");
            }
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decode(part.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw GatewayFaults.repeated(name);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            byte current = raw[i];
            if (current == '+') {
                decoded[length++] = ' ';
            } else if (current == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw GatewayFaults.unreadable("a % in it is not followed by two hexadecimal digits.");
                }
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                decoded[length++] = current;
            }
        }
        return utf8(decoded, length);
    }

    /** Decodes strictly: bytes that are no UTF-8 are refused, not replaced. */
    static String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw GatewayFaults.unreadable("it holds bytes that are not UTF-8.");
        }
    }
}
