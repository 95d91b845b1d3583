package io.gyre.api.waves;

import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Probe;
import io.gyre.event.CampaignChanged;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What people order of campaigns. Once an order is committed, nothing begins that it forbids, in whatever process. */
@ApplicationScoped
public class CampaignOrders {
    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignOutcomes outcomes;
    private final CampaignNews news;

    CampaignOrders(Mutiny.SessionFactory sessions, CampaignStore store, CampaignOutcomes outcomes, CampaignNews news) {
        this.sessions = sessions;
        this.store = store;
        this.outcomes = outcomes;
        this.news = news;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** From now on it holds. */
        record Done() implements Outcome {}

        /** The account has no such campaign. */
        record NotThere() implements Outcome {}

        /** It makes no sense of a campaign that stands so. */
        record NotNow(CampaignState state) implements Outcome {}
    }

    public Uni<Outcome> give(AccessKey caller, UUID campaign, CampaignOrder order) {
        return sessions.withStatelessTransaction(
                session -> store.locked(session, caller.accountId(), campaign).chain(row -> {
                    if (row == null) {
                        return Uni.createFrom().item(new Outcome.NotThere());
                    }
                    return row.state().takes(order)
                            ? follow(session, caller, row, order).replaceWith(new Outcome.Done())
                            : Uni.createFrom().item(new Outcome.NotNow(row.state()));
                }));
    }

    private Uni<Void> follow(Mutiny.StatelessSession session, AccessKey caller, CampaignRow row, CampaignOrder order) {
        return switch (order) {
            case PAUSE ->
                moved(session, caller, row, CampaignState.PAUSED, CampaignChanged.PAUSED, "paused it", row.progress());
            case STOP ->
                moved(
                        session,
                        caller,
                        row,
                        CampaignState.STOPPED,
                        CampaignChanged.STOPPED,
                        "stopped it",
                        row.progress());
            case RESUME -> resume(session, caller, row);
            case ROLL_BACK ->
                store.rolledBackBy(session, row.id(), caller.id())
                        .chain(() -> moved(
                                session,
                                caller,
                                row,
                                CampaignState.ROLLING_BACK,
                                CampaignChanged.ROLLING_BACK,
                                "ordered that it be rolled back",
                                row.progress()));
        };
    }

    /** Who resumes one that was stopped has seen why: what failed until now does not stop it once more. */
    private Uni<Void> resume(Mutiny.StatelessSession session, AccessKey caller, CampaignRow row) {
        int wave = row.progress().wave();
        return outcomes.tallies(session, row.id(), wave)
                .map(tallies -> row.state() == CampaignState.STOPPED
                        ? row.progress().accepting(WaveTally.of(tallies, wave), WaveTally.upTo(tallies, wave))
                        : row.progress())
                .chain(progress -> moved(
                        session,
                        caller,
                        row,
                        CampaignState.RUNNING,
                        CampaignChanged.RESUMED,
                        wave == 0 ? "started it" : "resumed it",
                        progress));
    }

    private Uni<Void> moved(
            Mutiny.StatelessSession session,
            AccessKey caller,
            CampaignRow row,
            CampaignState state,
            String type,
            String what,
            Campaign progress) {
        String reason = caller.id() + " " + what + ".";
        return store.move(session, row, state, reason, progress, Probe.NOT_ASKED, state == CampaignState.RUNNING)
                .chain(() -> news.tell(session, type, row, state, progress, reason, caller.id()));
    }
}
