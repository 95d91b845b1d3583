package io.gyre.api.waves;

import io.gyre.api.secrets.CampaignRotations;
import io.gyre.api.secrets.CampaignRotations.Outcome;
import io.gyre.api.waves.CampaignStore.Opened;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Begins the rotation of one secret of a campaign, in one transaction with the row that says so. A secret that somebody else
 * rotates is waited for during two minutes of its wave, as long as a rotation of RDS or ECS takes at most, and then skipped.
 */
@ApplicationScoped
class CampaignBeginnings {
    private static final Logger LOG = Logger.getLogger(CampaignBeginnings.class);

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignRotations rotations;

    CampaignBeginnings(Mutiny.SessionFactory sessions, CampaignStore store, CampaignRotations rotations) {
        this.sessions = sessions;
        this.store = store;
        this.rotations = rotations;
    }

    /**
     * Never fails: what goes wrong is tried again by the next scan, until its wave has waited long enough.
     *
     * @return whether it is not left to begin any more
     */
    Uni<Boolean> begin(UUID campaign, int place) {
        return opened(campaign, place, (session, open) -> begin(session, campaign, place, open))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.errorf(
                            "Secret %d of campaign %s could not be begun (%s); the next scan tries again.",
                            place, campaign, failure);
                    return opened(
                            campaign,
                            place,
                            (session, open) -> skipWaited(
                                    session,
                                    campaign,
                                    place,
                                    open,
                                    "It could not be begun by an accident; the server's log has it."));
                })
                .onFailure()
                .recoverWithItem(false);
    }

    /** What is done with a secret that may begin, its row and the campaign's locked. */
    private interface Opening {
        Uni<Boolean> in(Mutiny.StatelessSession session, Opened open);
    }

    private Uni<Boolean> opened(UUID campaign, int place, Opening work) {
        return sessions.withStatelessTransaction(session -> store.lockOpen(session, campaign, place)
                .chain(open -> open == null ? Uni.createFrom().item(false) : work.in(session, open)));
    }

    private Uni<Boolean> begin(Mutiny.StatelessSession session, UUID campaign, int place, Opened open) {
        Long secret = open.secretId();
        if (secret == null) {
            return store.skipped(session, campaign, place, "It was deleted before its wave began.")
                    .replaceWith(true);
        }
        String note = "Begun by wave " + open.wave() + " of campaign " + open.campaign() + " (" + campaign + ").";
        return rotations.begin(session, secret, open.overlap(), note).chain(outcome -> {
            if (outcome instanceof Outcome.Begun begun) {
                return store.begun(session, campaign, place, begun.rotation()).replaceWith(true);
            }
            return outcome instanceof Outcome.Refused refused
                    ? store.skipped(session, campaign, place, refused.why()).replaceWith(true)
                    : skipWaited(
                            session,
                            campaign,
                            place,
                            open,
                            "It was being rotated already, and still 2 minutes after its wave began.");
        });
    }

    private Uni<Boolean> skipWaited(
            Mutiny.StatelessSession session, UUID campaign, int place, Opened open, String why) {
        return open.waited()
                ? store.skipped(session, campaign, place, why).replaceWith(true)
                : Uni.createFrom().item(false);
    }
}
