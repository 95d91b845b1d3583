package io.gyre.rpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over HTTP, nothing decoded. It holds secrets in query and body, and so has no readable
 * {@code toString}.
 */
public final class HttpCall {
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final String sourceAddress;
    private final boolean secure;

    /**
     * @param headers by lower-case name, repeated ones joined; {@code host} is {@code :authority} where the request came by
     *     HTTP/2
     */
    public HttpCall(
            String method,
            String path,
            String query,
            Map<String, String> headers,
            byte[] body,
            String sourceAddress,
            boolean secure) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.sourceAddress = sourceAddress;
        this.secure = secure;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public String query() {
        return query;
    }

    /** By lower-case name. */
    public Map<String, String> headers() {
        return headers;
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /** The W3C trace context that the caller names; null where it names none. */
    public @Nullable String traceParent() {
        return headers.get("traceparent");
    }

    public byte[] body() {
        return body;
    }

    /** The peer's address, without port. */
    public String sourceAddress() {
        return sourceAddress;
    }

    /** Whether it came over TLS. */
    public boolean secure() {
        return secure;
    }
}
