package io.gyre.api.console;

import io.gyre.api.wire.Apart;
import io.gyre.rpc.RpcFault;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Pages that are shown anew as what they show changes. The process looks into the database once a second for all of them, and not
 * at all while none is open; what changed is rendered once for all who see the same. A stream ends with its session, with the
 * permission, and with the process.
 */
@ApplicationScoped
class LiveStreams {
    private static final Logger LOG = Logger.getLogger(LiveStreams.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Then it is shown anew though nothing changed: the line of "now" moves on, and a connection that is gone is noticed. */
    private static final int LOOKS_WITHOUT_NEWS = 5;

    /** Of all visitors; each costs a connection. */
    private static final int MOST = 256;

    /** Of one session: as many tabs as somebody has open. */
    private static final int MOST_OF_SESSION = 16;

    private static final String LOGGED_OUT = "You are not logged in any more: log in, and load this page again.";
    private static final String STOPPED = "The console is being stopped: load this page again in a moment.";

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;
    private final WatchedRows rows;
    private final ConsoleCalls calls;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private boolean looking;
    private volatile boolean stopped;

    LiveStreams(Vertx vertx, Mutiny.SessionFactory sessions, ConsoleStore store, WatchedRows rows, ConsoleCalls calls) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.store = store;
        this.rows = rows;
        this.calls = calls;
    }

    /** What is there now, and then what changes. It is told to the audit log once, as it begins. */
    Uni<Answer> begin(Visit visit, Visitor visitor, LivePage page) {
        Watched watched = page.watched(visit, visitor);
        String session = LiveStream.session(visit);
        if (isFull(session)) {
            throw ConsoleFaults.tooManyStreams();
        }
        return sessions.withStatelessSession(database -> rows.versions(database, Set.of(watched)))
                .chain(versions -> calls.make(visit, visitor, page.operation(visit), () -> page.part(visit, visitor)
                                .chain(part -> part.createUni()))
                        .map(part -> Answer.events(
                                Uni.createFrom().item(LiveStream.event("part", part)),
                                response -> add(
                                        new LiveStream(
                                                visit, visitor, page, versions.getOrDefault(watched, ""), response),
                                        response))));
    }

    private boolean isFull(String session) {
        return stopped
                || streams.size() >= MOST
                || streams.stream()
                                .filter(each -> each.session().equals(session))
                                .count()
                        >= MOST_OF_SESSION;
    }

    /** Others may have come while the first part was made. */
    private synchronized void add(LiveStream stream, HttpServerResponse response) {
        if (isFull(stream.session())) {
            stream.end(ConsoleFaults.tooManyStreams().text());
            return;
        }
        streams.add(stream);
        response.exceptionHandler(broken -> streams.remove(stream));
        response.closeHandler(closed -> streams.remove(stream));
        if (response.closed()) {
            streams.remove(stream);
        }
        lookOn();
    }

    /** As long as anybody looks. */
    private synchronized void lookOn() {
        if (looking || stopped || streams.isEmpty()) {
            return;
        }
        looking = true;
        vertx.setTimer(
                BETWEEN_LOOKS.toMillis(),
                timer -> Apart.run(vertx, this::look).subscribe().with(done -> looked(), failure -> {
                    LOG.debug("The rows of pages that are open could not be looked at.", failure);
                    looked();
                }));
    }

    private synchronized void looked() {
        looking = false;
        lookOn();
    }

    private Uni<Void> look() {
        List<LiveStream> open = List.copyOf(streams);
        Set<String> hashes = open.stream().map(LiveStream::session).collect(Collectors.toSet());
        Set<Watched> watched = open.stream().map(LiveStream::watched).collect(Collectors.toSet());
        return sessions.withStatelessSession(session -> store.living(session, hashes)
                        .chain(living -> rows.versions(session, watched).map(versions -> due(open, living, versions))))
                .chain(this::show);
    }

    private List<LiveStream> due(List<LiveStream> open, Set<String> living, Map<Watched, String> versions) {
        open.stream().filter(stream -> !living.contains(stream.session())).forEach(stream -> end(stream, LOGGED_OUT));
        return open.stream()
                .filter(stream -> living.contains(stream.session()))
                .filter(stream -> stream.isDue(versions.getOrDefault(stream.watched(), ""), LOOKS_WITHOUT_NEWS))
                .toList();
    }

    /** One after the other, each part rendered once. */
    private Uni<Void> show(List<LiveStream> due) {
        Map<String, String> rendered = new HashMap<>();
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(stream -> show(stream, rendered))
                .collect()
                .last();
    }

    private Uni<Void> show(LiveStream stream, Map<String, String> rendered) {
        String same = stream.visitor().accountId() + " " + stream.visit().address();
        return calls.permit(stream.visit(), stream.visitor(), stream.page().operation(stream.visit()))
                .chain(() -> rendered.containsKey(same)
                        ? Uni.createFrom().item(rendered.get(same))
                        : stream.page()
                                .part(stream.visit(), stream.visitor())
                                .chain(part -> part.createUni())
                                .invoke(part -> rendered.put(same, part)))
                .invoke(stream::show)
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    failed(stream, failure);
                    return null;
                });
    }

    /** What may pass is tried again by the next look. */
    private void failed(LiveStream stream, Throwable failure) {
        if (failure instanceof RpcFault refusal && refusal.status() < 500) {
            end(stream, refusal.text());
        } else {
            LOG.debugf(failure, "%s could not be shown anew.", stream.visit().path());
        }
    }

    private void end(LiveStream stream, String why) {
        streams.remove(stream);
        stream.end(why);
    }

    /** Before the server waits for what is still being answered. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        List.copyOf(streams).forEach(stream -> end(stream, STOPPED));
    }
}
