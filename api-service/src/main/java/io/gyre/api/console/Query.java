package io.gyre.api.console;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's address, as given. One that stands there twice counts with its first value. */
record Query(Map<String, String> parameters) {
    /** No page takes half as many. */
    private static final int MOST_PARAMETERS = 16;

    /**
     * One that cannot be read asks for nothing.
     *
     * @param text without the question mark; null where there is none
     */
    static Query of(@Nullable String text) {
        if (text == null) {
            return new Query(Map.of());
        }
        try {
            return new Query(new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_PARAMETERS)
                    .parameters().entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey, each -> each.getValue().get(0))));
        } catch (IllegalArgumentException unreadable) {
            return new Query(Map.of());
        }
    }

    /** As an address has it, by name; each parameter once. */
    String text() {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Empty where it was left out. */
    String text(String name) {
        return parameters.getOrDefault(name, "");
    }
}
