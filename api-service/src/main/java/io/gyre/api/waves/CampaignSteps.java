package io.gyre.api.waves;

import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.Decision;
import io.gyre.api.campaign.Probe;
import io.gyre.api.campaign.Steering;
import io.gyre.api.campaign.Steering.Step;
import io.gyre.event.CampaignChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** One decision of a campaign, carried out under its row's lock: what it saw is still so when the decision is committed. */
@ApplicationScoped
public class CampaignSteps {
    private static final Logger LOG = Logger.getLogger(CampaignSteps.class);

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignOutcomes outcomes;
    private final CampaignNews news;

    CampaignSteps(Mutiny.SessionFactory sessions, CampaignStore store, CampaignOutcomes outcomes, CampaignNews news) {
        this.sessions = sessions;
        this.store = store;
        this.outcomes = outcomes;
        this.news = news;
    }

    /** @return whether secrets of it may begin now; not where another process has it */
    Uni<Boolean> take(UUID campaign, Probe probe) {
        return sessions.withStatelessTransaction(session -> store.lockedIn(session, campaign, CampaignState.RUNNING)
                .chain(row -> row == null ? Uni.createFrom().item(false) : decide(session, row, probe)));
    }

    private Uni<Boolean> decide(Mutiny.StatelessSession session, CampaignRow row, Probe probe) {
        return outcomes.tallies(session, row.id(), row.progress().wave()).chain(tallies -> {
            Step step = decided(row, tallies, probe);
            return carryOut(session, row, step, probe)
                    .replaceWith(
                            step.decision() instanceof Decision.BeginWave || step.decision() instanceof Decision.GoOn);
        });
    }

    /** What one that runs waits for, in words that go on "waits for"; none where it waits for a person, or is over. */
    public static Optional<String> waitsFor(CampaignRow row, List<WaveTally> tallies) {
        if (row.state() != CampaignState.RUNNING) {
            return Optional.empty();
        }
        Decision decision = decided(row, tallies, Probe.NOT_ASKED).decision();
        if (decision instanceof Decision.Await await) {
            return Optional.of(await.what());
        }
        return Optional.of(
                decision instanceof Decision.Soak soak
                        ? "the end of its watch at " + soak.until().truncatedTo(ChronoUnit.SECONDS)
                        : "the next scan");
    }

    private static Step decided(CampaignRow row, List<WaveTally> tallies, Probe probe) {
        int wave = row.progress().wave();
        return Steering.decide(
                row.progress(), WaveTally.of(tallies, wave), WaveTally.upTo(tallies, wave), probe, row.now());
    }

    private Uni<Void> carryOut(Mutiny.StatelessSession session, CampaignRow row, Step step, Probe probe) {
        if (step.decision() instanceof Decision.Stop stop) {
            LOG.warnf("Campaign %s (%s) stopped: %s", row.id(), row.name(), stop.reason());
            return moved(session, row, CampaignState.STOPPED, CampaignChanged.STOPPED, stop.reason(), step, probe);
        }
        if (step.decision() instanceof Decision.End) {
            return moved(session, row, CampaignState.ENDED, CampaignChanged.ENDED, "Every wave is done.", step, probe);
        }
        if (step.decision() instanceof Decision.BeginWave begun) {
            String reason = "Wave " + begun.wave() + " of " + row.progress().waves() + " has begun.";
            return moved(session, row, CampaignState.RUNNING, CampaignChanged.WAVE_BEGUN, reason, step, probe);
        }
        return store.move(session, row, row.state(), row.reason(), step.after(), probe, false);
    }

    private Uni<Void> moved(
            Mutiny.StatelessSession session,
            CampaignRow row,
            CampaignState state,
            String type,
            String reason,
            Step step,
            Probe probe) {
        return store.move(session, row, state, reason, step.after(), probe, false)
                .chain(() -> news.tell(session, type, row, state, step.after(), reason, null));
    }
}
