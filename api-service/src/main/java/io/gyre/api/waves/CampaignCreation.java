package io.gyre.api.waves;

import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Selected;
import io.gyre.api.campaign.StopRule;
import io.gyre.api.campaign.Waves;
import io.gyre.event.CampaignChanged;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Fixes which secrets a campaign rotates, and in which waves. Nothing else than what is fixed here is ever begun by it. */
@ApplicationScoped
public class CampaignCreation {
    /** Written in one transaction, which whoever wants to delete one of them waits for. */
    public static final int MOST_SECRETS = 20_000;

    private final Mutiny.SessionFactory sessions;
    private final SecretSelection selection;
    private final CampaignStore store;
    private final CampaignNews news;

    CampaignCreation(
            Mutiny.SessionFactory sessions, SecretSelection selection, CampaignStore store, CampaignNews news) {
        this.sessions = sessions;
        this.selection = selection;
        this.store = store;
        this.news = news;
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Created(UUID campaign) implements Outcome {}

        /** No secret fits. */
        record NothingSelected() implements Outcome {}

        /** More than {@link #MOST_SECRETS} fit. */
        record TooMany() implements Outcome {}
    }

    public Uni<Outcome> create(AccessKey caller, NewCampaign wanted) {
        return sessions.withStatelessTransaction(session -> selection
                .find(session, caller.accountId(), wanted.selection(), MOST_SECRETS + 1)
                .chain(selected -> {
                    if (selected.isEmpty()) {
                        return Uni.createFrom().item(new Outcome.NothingSelected());
                    }
                    return selected.size() > MOST_SECRETS
                            ? Uni.createFrom().item(new Outcome.TooMany())
                            : create(session, caller, wanted, Waves.of(wanted.plan(), selected));
                }));
    }

    private Uni<Outcome> create(
            Mutiny.StatelessSession session, AccessKey caller, NewCampaign wanted, List<List<Selected>> waves) {
        UUID id = UUID.randomUUID();
        int secrets = waves.stream().mapToInt(List::size).sum();
        String reason = wanted.start()
                ? caller.id() + " started it."
                : "Nothing has begun: look at what it is to rotate, then resume it.";
        Campaign planned = Campaign.planned(
                waves.size(), wanted.soak(), new StopRule(wanted.failuresPercent(), wanted.probe() != null));
        return store.create(session, id, caller.accountId(), wanted, waves, reason, caller.id())
                .chain(() -> news.tell(
                        session,
                        CampaignChanged.CREATED,
                        id,
                        wanted.name(),
                        wanted.start() ? CampaignState.RUNNING : CampaignState.PAUSED,
                        planned,
                        secrets,
                        caller.id() + " made it: " + secrets + " secrets in " + waves.size() + " waves.",
                        caller.id()))
                .replaceWith(new Outcome.Created(id));
    }
}
