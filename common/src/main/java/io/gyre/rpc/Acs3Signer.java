package io.gyre.rpc;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Signs what this process sends, to an RPC or a REST API. */
public final class Acs3Signer {
    private Acs3Signer() {}

    /**
     * All headers that the request needs beside those of its own connection, {@code host} and {@code authorization}
     * among them.
     *
     * @param uri scheme, host, perhaps a port, path and perhaps a query
     * @param own further headers to be sent and signed, by lower-case name
     * @param now of the operational clock: the signature is valid for 15 minutes to either side
     */
    public static SortedMap<String, String> headers(
            String method, URI uri, Map<String, String> own, byte[] body, RpcCredentials credentials, Instant now) {
        String bodyHash = Digests.sha256Hex(body);
        TreeMap<String, String> headers = new TreeMap<>(own);
        headers.put("host", uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        headers.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", UUID.randomUUID().toString());
        headers.put("x-acs-content-sha256", bodyHash);
        List<String> signed = List.copyOf(headers.keySet());
        String query = uri.getRawQuery();
        String canonical = Acs3Signature.canonicalRequest(
                method,
                uri.getRawPath(),
                query == null ? new TreeMap<>() : PercentEncoding.query(query),
                headers::get,
                signed,
                bodyHash);
        headers.put(
                "authorization",
                Acs3Signature.ALGORITHM + " Credential=" + credentials.accessKeyId() + ",SignedHeaders="
                        + String.join(";", signed) + ",Signature="
                        + Acs3Signature.sign(
                                canonical, credentials.accessKeySecret().reveal()));
        return headers;
    }
}
