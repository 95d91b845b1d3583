package io.gyre.rpc;

import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The older generation: HMAC-SHA1 over every parameter of query and form body. No header, path or host takes part, so
 * it survives any proxy.
 */
public final class RpcV1Signature {
    private RpcV1Signature() {}

    /**
     * @param method the HTTP method, in capitals
     * @param parameters query and form body merged, decoded; {@code Signature} is left out if present
     */
    public static String stringToSign(String method, SortedMap<String, String> parameters) {
        SortedMap<String, String> signed = new TreeMap<>(parameters);
        signed.remove("Signature");
        return method + "&%2F&" + PercentEncoding.encode(PercentEncoding.canonical(signed));
    }

    public static String sign(String stringToSign, String accessKeySecret) {
        return Base64.getEncoder().encodeToString(Digests.hmac("HmacSHA1", accessKeySecret + "&", stringToSign));
    }

    /**
     * The SDKs disagree about parameters without a value: the legacy core signs them as {@code Name=}, Tea leaves them
     * out though it sends them. Both forms are accepted; an empty value carries nothing that could be forged.
     *
     * @throws RpcFault SignatureDoesNotMatch, with the string to sign
     */
    static void verify(String method, SortedMap<String, String> parameters, String given, String accessKeySecret) {
        String stringToSign = stringToSign(method, parameters);
        if (Digests.same(sign(stringToSign, accessKeySecret), given)) {
            return;
        }
        SortedMap<String, String> filled = new TreeMap<>(parameters);
        if (filled.values().removeIf(String::isEmpty)
                && Digests.same(sign(stringToSign(method, filled), accessKeySecret), given)) {
            return;
        }
        throw GatewayFaults.signatureDoesNotMatch(stringToSign);
    }
}
