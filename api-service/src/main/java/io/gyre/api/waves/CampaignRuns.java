package io.gyre.api.waves;

import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Probe;
import io.gyre.api.outgoing.OutgoingAddress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Carries all campaigns on that are under way. Any number of processes may do so at the same time: what is decided is decided
 * under the campaign's lock, and what begins, begins with its own row.
 */
@ApplicationScoped
public class CampaignRuns {
    private static final Logger LOG = Logger.getLogger(CampaignRuns.class);

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignSteps steps;
    private final CampaignBeginnings beginnings;
    private final CampaignWayBack wayBack;
    private final Probes probes;

    CampaignRuns(
            Mutiny.SessionFactory sessions,
            CampaignStore store,
            CampaignSteps steps,
            CampaignBeginnings beginnings,
            CampaignWayBack wayBack,
            Probes probes) {
        this.sessions = sessions;
        this.store = store;
        this.steps = steps;
        this.beginnings = beginnings;
        this.wayBack = wayBack;
        this.probes = probes;
    }

    /** @param batch how many secrets of each begin now at most: the stop rule and the probe are looked at before the rest */
    public Uni<Void> goOn(int batch) {
        return each(CampaignState.RUNNING, campaign -> goOn(campaign, batch))
                .chain(() -> each(CampaignState.ROLLING_BACK, campaign -> wayBack.goOn(campaign, batch)));
    }

    /** One that fails is left for the next scan; the others go on. */
    private Uni<Void> each(CampaignState state, Function<UUID, Uni<Void>> work) {
        return sessions.withStatelessSession(session -> store.in(session, state))
                .chain(campaigns -> inTurn(campaigns, campaign -> work.apply(campaign)
                        .onFailure()
                        .invoke(failure -> LOG.errorf(
                                "Campaign %s could not be carried on (%s); the next scan tries again.",
                                campaign, failure))
                        .onFailure()
                        .recoverWithNull()));
    }

    private Uni<Void> goOn(UUID campaign, int batch) {
        return ask(campaign)
                .chain(probe -> steps.take(campaign, probe))
                .chain(mayBegin ->
                        mayBegin ? begin(campaign, 0, batch) : Uni.createFrom().voidItem());
    }

    private Uni<Probe> ask(UUID campaign) {
        return sessions.withStatelessTransaction(session -> store.takeQuestion(session, campaign))
                .chain(url ->
                        url.map(this::ask).orElseGet(() -> Uni.createFrom().item(Probe.NOT_ASKED)));
    }

    /** What may be asked may have become less since the campaign was made. */
    private Uni<Probe> ask(String url) {
        return OutgoingAddress.of(url).map(probes::ask).orElseGet(() -> Uni.createFrom()
                .item(Probe.red("is of an address that is not asked")));
    }

    /** A batch; and further ones where nothing of it could begin, so that those who wait are in nobody's way. */
    private Uni<Void> begin(UUID campaign, int after, int batch) {
        return sessions.withStatelessSession(session -> store.open(session, campaign, after, batch))
                .chain(places -> Multi.createFrom()
                        .iterable(places)
                        .onItem()
                        .transformToUniAndConcatenate(place -> beginnings.begin(campaign, place))
                        .collect()
                        .asList()
                        .chain(settled -> settled.contains(true) || places.size() < batch
                                ? Uni.createFrom().voidItem()
                                : begin(campaign, places.get(places.size() - 1), batch)));
    }

    private static <T> Uni<Void> inTurn(List<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(each -> work.apply(each))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
