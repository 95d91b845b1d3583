package io.gyre.api.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** One page that somebody has open, and what it was shown last. */
final class LiveStream {
    private final Visit visit;
    private final Visitor visitor;
    private final LivePage page;
    private final Watched watched;
    private final String session;
    private final HttpServerResponse response;
    private String version;
    private int looksAgo;

    /** @param version of what was shown first */
    LiveStream(Visit visit, Visitor visitor, LivePage page, String version, HttpServerResponse response) {
        this.visit = visit;
        this.visitor = visitor;
        this.page = page;
        this.watched = page.watched(visit, visitor);
        this.session = session(visit);
        this.version = version;
        this.response = response;
    }

    /** The hash of the session's token: what the database knows of it. */
    static String session(Visit visit) {
        return visit.token().orElseThrow().hash();
    }

    /** An event as Server-Sent Events have it: each line of the text is a line of its data. */
    static Buffer event(String name, String text) {
        return Buffer.buffer(
                "event: " + name + "\ndata: " + text.replace("\r", "").replace("\n", "\ndata: ") + "\n\n");
    }

    Visit visit() {
        return visit;
    }

    Visitor visitor() {
        return visitor;
    }

    LivePage page() {
        return page;
    }

    Watched watched() {
        return watched;
    }

    String session() {
        return session;
    }

    /**
     * After a look at the database: whether it is to be shown anew, as something changed, or as the last time is some looks ago.
     * A browser that does not take what was sent before is not sent more.
     *
     * @param most so many looks may pass without anything new
     */
    boolean isDue(String found, int most) {
        looksAgo++;
        if ((found.equals(version) && looksAgo < most) || response.writeQueueFull()) {
            return false;
        }
        version = found;
        looksAgo = 0;
        return true;
    }

    void show(String part) {
        if (!response.ended() && !response.closed()) {
            response.write(event("part", part)).onFailure(gone -> {});
        }
    }

    /** @param why for the person before it */
    void end(String why) {
        if (!response.ended() && !response.closed()) {
            response.end(event("over", why)).onFailure(gone -> {});
        }
    }
}
