package io.gyre.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over HTTP, nothing decoded. It holds secrets in query and body, and so has no readable
 * {@code toString}.
 */
final class HttpCall {
    private final String method;
    private final String path;
    private final String query;
    private final Acs3Signature.Headers headers;
    private final byte[] body;
    private final String sourceAddress;
    private final boolean secure;

    /** @param headers {@code host} answers {@code :authority} where the request came by HTTP/2 */
    HttpCall(
            String method,
            String path,
            String query,
            Acs3Signature.Headers headers,
            byte[] body,
            String sourceAddress,
            boolean secure) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.sourceAddress = sourceAddress;
        this.secure = secure;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    Acs3Signature.Headers headers() {
        return headers;
    }

    @Nullable
    String header(String lowerCaseName) {
        return headers.value(lowerCaseName);
    }

    byte[] body() {
        return body;
    }

    String sourceAddress() {
        return sourceAddress;
    }

    boolean secure() {
        return secure;
    }
}
