package io.gyre.rpc;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call, from wherever the SDKs put them: the query string, a form body, or a JSON body.
 *
 * @param query those of the URL alone, which is what ACS3 signs
 * @param merged all of them
 */
record CallParameters(SortedMap<String, String> query, SortedMap<String, String> merged) {

    /** @throws RpcFault where something is unreadable, or one name stands in two places */
    static CallParameters of(HttpCall call) {
        SortedMap<String, String> query = PercentEncoding.query(call.query());
        SortedMap<String, String> merged = new TreeMap<>(query);
        inBody(call).forEach((name, value) -> {
            if (merged.put(name, value) != null) {
                throw GatewayFaults.repeated(name);
            }
        });
        return new CallParameters(query, merged);
    }

    /**
     * An empty body needs no content type: Tea sends chunked POSTs of zero length without one, the legacy core calls
     * them forms.
     */
    private static SortedMap<String, String> inBody(HttpCall call) {
        byte[] body = call.body();
        if (body.length == 0) {
            return new TreeMap<>();
        }
        String text = PercentEncoding.utf8(body, body.length);
        return switch (mediaType(call.header("content-type"))) {
            case "application/x-www-form-urlencoded" -> PercentEncoding.form(text);
            case "application/json" -> Json.parameters(text);
            case "" -> text.stripLeading().startsWith("{") ? Json.parameters(text) : PercentEncoding.form(text);
            default ->
                throw GatewayFaults.unreadable(
                        "the body must be application/x-www-form-urlencoded or application/json.");
        };
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "CallParameters" + merged.keySet();
    }
}
