package io.gyre.rpc;

import java.util.Map;

/** What goes back over HTTP. Its body may hold a secret: it is written once and printed nowhere. */
public final class HttpAnswer {
    private final int status;
    private final String contentType;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers beside those that every answer has */
    public HttpAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }
}
