package io.gyre.rpc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Requests as the SDKs sign them, piece by piece, so that a test can break one piece. */
final class SignedRequests {
    static final String KEY_ID = "testid";
    static final String SECRET = "testsecret";
    static final String VERSION = "2016-01-20";

    private SignedRequests() {}

    /** A whole request of the current generation. */
    static final class Acs3 {
        String method = "POST";
        String host = "localhost";
        String query = "";
        String keyId = KEY_ID;
        String action = "Echo";
        byte[] body = new byte[0];
        Instant date = Instant.now();
        String secret = SECRET;
        final SortedMap<String, String> unsigned = new TreeMap<>();
        final SortedMap<String, String> signed = new TreeMap<>();
        boolean hostSigned = true;
        boolean legacyOrder;

        Map<String, String> headers() {
            signed.put("x-acs-action", action);
            signed.putIfAbsent("x-acs-version", VERSION);
            signed.put("x-acs-date", date.truncatedTo(ChronoUnit.SECONDS).toString());
            signed.put("x-acs-signature-nonce", UUID.randomUUID().toString());
            signed.putIfAbsent("x-acs-content-sha256", Digests.sha256Hex(body));
            Map<String, String> all = new TreeMap<>(signed);
            all.put("host", host);
            List<String> names = new ArrayList<>(signed.keySet());
            if (hostSigned) {
                names.add(0, "host");
            }
            String canonical = Acs3Signature.canonicalRequest(
                    method, "/", PercentEncoding.query(query), all::get, names, signed.get("x-acs-content-sha256"));
            String list = "SignedHeaders=" + String.join(";", names);
            String signature = "Signature=" + Acs3Signature.sign(canonical, secret);
            all.put(
                    "authorization",
                    "ACS3-HMAC-SHA256 Credential=" + keyId + ","
                            + (legacyOrder ? signature + "," + list : list + "," + signature));
            all.putAll(unsigned);
            return all;
        }

        String http() {
            StringBuilder head =
                    new StringBuilder(method + " /" + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\n");
            headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            return head + new String(body, StandardCharsets.UTF_8);
        }

        HttpCall call() {
            Map<String, String> headers = headers();
            return new HttpCall(method, "/", query, headers, body, "127.0.0.1", false);
        }
    }

    /** The protocol's parameters of the older generation. */
    static SortedMap<String, String> v1(String action, Instant date) {
        return new TreeMap<>(Map.of(
                "Action",
                action,
                "Version",
                VERSION,
                "AccessKeyId",
                KEY_ID,
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                UUID.randomUUID().toString(),
                "Timestamp",
                date.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    /** With the signature over these and the parameters of the body. */
    static SortedMap<String, String> signed(
            String method, SortedMap<String, String> query, SortedMap<String, String> body) {
        SortedMap<String, String> all = new TreeMap<>(query);
        all.putAll(body);
        SortedMap<String, String> signed = new TreeMap<>(query);
        signed.put("Signature", RpcV1Signature.sign(RpcV1Signature.stringToSign(method, all), SECRET));
        return signed;
    }

    static HttpCall v1Call(String method, SortedMap<String, String> query, SortedMap<String, String> form) {
        byte[] body = PercentEncoding.canonical(form).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
        return new HttpCall(
                method, "/", PercentEncoding.canonical(signed(method, query, form)), headers, body, "127.0.0.1", false);
    }
}
