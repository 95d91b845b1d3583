package io.gyre.api.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Tells again what was told, page by page: the same events, under the same ids, in the order of each secret. It goes past the
 * outbox, so nothing is written, and a process that dies leaves nothing behind: whoever asked asks on from the last page.
 */
@ApplicationScoped
public class HistoryReplay {
    /** Fewer than the sender takes at once, and sent within a second. */
    static final int PAGE = 500;

    private final Mutiny.SessionFactory sessions;
    private final ToldStore store;
    private final KafkaSender kafka;

    HistoryReplay(Mutiny.SessionFactory sessions, ToldStore store, KafkaSender kafka) {
        this.sessions = sessions;
        this.store = store;
        this.kafka = kafka;
    }

    /**
     * A page that Kafka has acknowledged.
     *
     * @param told how many events
     * @param next the place to go on after; null after the last page
     */
    public record Page(int told, @Nullable Long next) {}

    public Uni<Long> count(History history) {
        return sessions.withStatelessSession(session -> store.count(session, history));
    }

    /**
     * Tells the next page into a topic that is there.
     *
     * @param after the place that the page before ended at; 0 for the first one
     * @return fails with {@link TopicReader.KafkaAway}: of that page, some may have been told
     */
    public Uni<Page> tell(String topic, History history, long after) {
        Context own = Vertx.currentContext();
        return sessions.withStatelessSession(session -> store.page(session, topic, history, after, PAGE))
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().item(new Page(0, null))
                        : kafka.send(page.stream().map(ToldStore.Told::record).toList())
                                .onFailure()
                                .transform(failure -> new TopicReader.KafkaAway("Kafka takes no records.", failure))
                                .emitOn(task -> own.runOnContext(run -> task.run()))
                                .replaceWith(() -> new Page(page.size(), next(page))));
    }

    private static @Nullable Long next(List<ToldStore.Told> page) {
        return page.size() < PAGE ? null : page.get(page.size() - 1).place();
    }
}
