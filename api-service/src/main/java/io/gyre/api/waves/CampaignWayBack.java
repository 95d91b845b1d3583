package io.gyre.api.waves;

import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Probe;
import io.gyre.api.waves.CampaignStore.NotOrderedBack;
import io.gyre.api.workers.RotationOrders;
import io.gyre.api.workers.RotationOrders.Locked;
import io.gyre.api.workers.Verb;
import io.gyre.event.CampaignChanged;
import io.gyre.rotation.RotationState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Orders the rotations of a campaign back, as an operator would one by one. One that has ended cannot be rolled back: the
 * credential before it is retired. What became of each is told with the campaign.
 */
@ApplicationScoped
class CampaignWayBack {
    private static final String ORDERED = "ordered";
    private static final String SUCCEEDED_BEFORE = "succeeded-before";
    private static final String FAILED_BEFORE = "failed-before";
    private static final String ROLLING_BACK = "rolling-back";

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignOutcomes outcomes;
    private final RotationOrders orders;
    private final CampaignNews news;

    CampaignWayBack(
            Mutiny.SessionFactory sessions,
            CampaignStore store,
            CampaignOutcomes outcomes,
            RotationOrders orders,
            CampaignNews news) {
        this.sessions = sessions;
        this.store = store;
        this.outcomes = outcomes;
        this.orders = orders;
        this.news = news;
    }

    /**
     * Orders some of them back.
     *
     * @param batch how many at most; the rest comes with the next call
     */
    Uni<Void> goOn(UUID campaign, int batch) {
        return sessions.withStatelessTransaction(
                session -> store.lockedIn(session, campaign, CampaignState.ROLLING_BACK)
                        .chain(row -> row == null ? Uni.createFrom().voidItem() : goOn(session, row, batch)));
    }

    private Uni<Void> goOn(Mutiny.StatelessSession session, CampaignRow row, int batch) {
        return store.notOrderedBack(session, row.id(), batch)
                .chain(left -> left.isEmpty() ? endIfSettled(session, row) : order(session, row, left));
    }

    private Uni<Void> order(Mutiny.StatelessSession session, CampaignRow row, List<NotOrderedBack> left) {
        return Multi.createFrom()
                .iterable(left)
                .onItem()
                .transformToUniAndConcatenate(each -> orders.locked(session, row.account(), each.rotation())
                        .chain(locked -> order(session, row, each, locked)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> order(
            Mutiny.StatelessSession session, CampaignRow row, NotOrderedBack each, @Nullable Locked locked) {
        if (locked == null || locked.hasEnded()) {
            boolean succeeded = locked != null && locked.state().equals(RotationState.SUCCEEDED.label());
            return store.orderedBack(session, row.id(), each.place(), succeeded ? SUCCEEDED_BEFORE : FAILED_BEFORE);
        }
        if (locked.ordered() != null) {
            // A worker takes that order first; the next scan comes back to this one.
            return Uni.createFrom().voidItem();
        }
        return orders.give(session, locked, Verb.ROLL_BACK, null, String.valueOf(row.rolledBackBy()))
                .chain(() -> store.orderedBack(session, row.id(), each.place(), ORDERED));
    }

    private Uni<Void> endIfSettled(Mutiny.StatelessSession session, CampaignRow row) {
        return outcomes.waysBack(session, row.id())
                .chain(ways -> ways.containsKey(ROLLING_BACK)
                        ? Uni.createFrom().voidItem()
                        : end(session, row, sentence(ways)));
    }

    private Uni<Void> end(Mutiny.StatelessSession session, CampaignRow row, String reason) {
        return store.move(session, row, CampaignState.ROLLED_BACK, reason, row.progress(), Probe.NOT_ASKED, false)
                .chain(() -> news.tell(
                        session,
                        CampaignChanged.ROLLED_BACK,
                        row,
                        CampaignState.ROLLED_BACK,
                        row.progress(),
                        reason,
                        null));
    }

    private static String sentence(Map<String, Long> ways) {
        return "Rolled back: " + ways.getOrDefault("rolled-back", 0L) + " rotations. Had failed before: "
                + ways.getOrDefault(FAILED_BEFORE, 0L)
                + ". Had succeeded before, and are replaced by a new rotation only: "
                + ways.getOrDefault(SUCCEEDED_BEFORE, 0L) + ". Could not be rolled back: "
                + ways.getOrDefault("declined", 0L) + ".";
    }
}
