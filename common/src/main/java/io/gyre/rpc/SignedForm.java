package io.gyre.rpc;

import java.util.Map;

/** A request ready to be sent. Its body may hold secrets: it has no readable {@code toString}. */
final class SignedForm {
    private final Map<String, String> headers;
    private final byte[] body;

    SignedForm(Map<String, String> headers, byte[] body) {
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
