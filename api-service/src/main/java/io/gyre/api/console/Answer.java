package io.gyre.api.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a browser is answered.
 *
 * @param content is made once it is asked for
 * @param headers beside those of every answer
 * @param cookie that it is to keep from now on
 * @param feed goes on writing after the content; empty where that is all
 */
record Answer(
        int status,
        Uni<Buffer> content,
        Map<String, String> headers,
        Optional<Cookie> cookie,
        Optional<Consumer<HttpServerResponse>> feed) {
    private static final String KEPT = "public, max-age=31536000, immutable";

    static Answer page(int status, TemplateInstance page) {
        return new Answer(
                status,
                page.createUni().map(Buffer::buffer),
                Map.of("Content-Type", "text/html; charset=utf-8"),
                Optional.empty(),
                Optional.empty());
    }

    /** Where no page can be made. */
    static Answer empty(int status) {
        return new Answer(status, Uni.createFrom().item(Buffer.buffer()), Map.of(), Optional.empty(), Optional.empty());
    }

    /** Its address is another one once it is changed. */
    static Answer file(StaticFiles.StaticFile file) {
        return new Answer(
                200,
                Uni.createFrom().item(file.content()),
                Map.of("Content-Type", file.type(), "Cache-Control", KEPT),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A file that the browser keeps instead of showing it.
     *
     * @param name of letters, digits, dots and dashes
     */
    static Answer download(String name, Buffer content) {
        return new Answer(
                200,
                Uni.createFrom().item(content),
                Map.of(
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Disposition",
                        "attachment; filename=\"" + name + "\""),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Events as they come, until either side ends it.
     *
     * @param first the first one
     * @param feed of the others
     */
    static Answer events(Uni<Buffer> first, Consumer<HttpServerResponse> feed) {
        return new Answer(
                200,
                first,
                Map.of("Content-Type", "text/event-stream; charset=utf-8", "X-Accel-Buffering", "no"),
                Optional.empty(),
                Optional.of(feed));
    }

    /**
     * The browser asks for the path by GET, whatever it sent before: a reload does nothing twice.
     *
     * @param path of this console
     */
    static Answer goTo(String path) {
        return new Answer(
                303,
                Uni.createFrom().item(Buffer.buffer()),
                Map.of("Location", path),
                Optional.empty(),
                Optional.empty());
    }

    Answer with(Cookie changed) {
        return new Answer(status, content, headers, Optional.of(changed), feed);
    }

    Answer with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Answer(status, content, Map.copyOf(all), cookie, feed);
    }
}
