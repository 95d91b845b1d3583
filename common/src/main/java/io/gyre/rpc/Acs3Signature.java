package io.gyre.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The current generation: ACS3-HMAC-SHA256 over method, path, query, the signed headers and the body's hash. */
public final class Acs3Signature {
    /** The one algorithm of the family that Gyre speaks. */
    public static final String ALGORITHM = "ACS3-HMAC-SHA256";

    /** What must be signed of a REST request, beside the method, path and query that say what is asked for. */
    static final List<String> REST_HEADERS = List.of("x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256");

    /** What must be signed for an RPC request to mean one thing only; the legacy SDK signs no host. */
    static final List<String> RPC_HEADERS =
            List.of("x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256");

    private Acs3Signature() {}

    /** The {@code Authorization} header, taken apart. */
    record Authorization(String accessKeyId, List<String> signedHeaders, String signature) {
        /**
         * Fields are found by name: the SDKs write them in different orders.
         *
         * @param required the headers that must be among the signed ones
         * @throws RpcFault IncompleteSignature or InvalidSignatureMethod
         */
        static Authorization parse(String header, List<String> required) {
            int space = header.indexOf(' ');
            String algorithm = space < 0 ? header : header.substring(0, space);
            if (!algorithm.equals(ALGORITHM)) {
                throw GatewayFaults.invalidSignatureMethod(algorithm);
            }
            Map<String, String> fields = new HashMap<>();
            for (String field : header.substring(space + 1).split(",", -1)) {
                int equals = field.indexOf('=');
                if (equals > 0
                        && fields.put(
                                        field.substring(0, equals).trim(),
                                        field.substring(equals + 1).trim())
                                != null) {
                    throw GatewayFaults.incompleteSignature("a field of the Authorization header is given twice.");
                }
            }
            List<String> signed = new ArrayList<>();
            for (String name : field(fields, "SignedHeaders").split(";", -1)) {
                signed.add(name.toLowerCase(Locale.ROOT));
            }
            for (String name : required) {
                if (!signed.contains(name)) {
                    throw GatewayFaults.incompleteSignature("the header " + name + " must be signed.");
                }
            }
            return new Authorization(field(fields, "Credential"), List.copyOf(signed), field(fields, "Signature"));
        }

        private static String field(Map<String, String> fields, String name) {
            String value = fields.get(name);
            if (value == null || value.isEmpty()) {
                throw GatewayFaults.incompleteSignature("the Authorization header has no " + name + ".");
            }
            return value;
        }
    }

    /** Looks a header up by its lower-case name; null where the request has none. */
    @FunctionalInterface
    interface Headers {
        @Nullable
        String value(String name);
    }

    /** @param path as it stands in the request line */
    static String canonicalRequest(
            String method,
            String path,
            SortedMap<String, String> query,
            Headers headers,
            List<String> signedHeaders,
            String bodyHash) {
        StringBuilder canonicalHeaders = new StringBuilder();
        for (String name : signedHeaders) {
            String value = headers.value(name);
            canonicalHeaders
                    .append(name)
                    .append(':')
                    .append(value == null ? "" : value.trim())
                    .append('\n');
        }
        return String.join(
                "\n",
                method,
                path,
                PercentEncoding.canonical(query),
                canonicalHeaders.toString(),
                String.join(";", signedHeaders),
                bodyHash);
    }

    static String sign(String canonicalRequest, String accessKeySecret) {
        String stringToSign = ALGORITHM + "\n" + Digests.sha256Hex(canonicalRequest);
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA256", accessKeySecret, stringToSign));
    }

    /** @throws RpcFault SignatureDoesNotMatch, with the canonical request, which is what the legacy SDK compares */
    static void verify(String canonicalRequest, Authorization authorization, String accessKeySecret) {
        if (!Digests.same(sign(canonicalRequest, accessKeySecret), authorization.signature())) {
            throw GatewayFaults.signatureDoesNotMatch(canonicalRequest);
        }
    }
}
