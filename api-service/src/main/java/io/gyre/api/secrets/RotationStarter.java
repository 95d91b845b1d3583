package io.gyre.api.secrets;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.outbox.Outbox;
import io.gyre.event.RotationRequested;
import io.gyre.event.RotationStepped;
import io.gyre.event.Topics;
import io.gyre.rotation.RotationLock;
import io.gyre.rotation.RotationState;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Begins rotations, whoever asks for them. All of it is one transaction, and the caller has locked the secret's row in
 * it: the rotation, its first timeline entry, and what Kafka is to be told are true together or not at all.
 */
@ApplicationScoped
public class RotationStarter {
    private final InstallationCalendar calendar;
    private final SecretStore secrets;
    private final RotationStore rotations;
    private final RotationTurns turns;
    private final Outbox outbox;

    RotationStarter(
            InstallationCalendar calendar,
            SecretStore secrets,
            RotationStore rotations,
            RotationTurns turns,
            Outbox outbox) {
        this.calendar = calendar;
        this.secrets = secrets;
        this.rotations = rotations;
        this.turns = turns;
        this.outbox = outbox;
    }

    /** What became of an attempt. */
    public enum Start {
        BEGUN,
        /** The secret's last rotation has not ended. */
        BEING_ROTATED,
        /** Another secret is being rotated that must not be rotated at the same time. */
        NOT_ITS_TURN
    }

    /**
     * By the secret's rotation policy.
     *
     * @param locked a managed secret that is not planned for deletion, its row locked
     */
    public Uni<Start> startAutomatic(Mutiny.StatelessSession session, Secret locked) {
        return start(session, locked, RotationOrder.automatic(locked));
    }

    Uni<Start> start(Mutiny.StatelessSession session, Secret locked, RotationOrder order) {
        return start(session, locked, order, UUID.randomUUID());
    }

    /** @param rotation what the rotation is called if it begins */
    Uni<Start> start(Mutiny.StatelessSession session, Secret locked, RotationOrder order, UUID rotation) {
        return rotations.activeCandidate(session, locked).chain(active -> {
            if (active != null) {
                return Uni.createFrom().item(Start.BEING_ROTATED);
            }
            return turns.of(session, locked).chain(wanted -> turns.areFree(session, wanted, order.waitsForItsGroup())
                    .chain(free -> free
                            ? begin(session, locked, order, rotation, wanted)
                            : Uni.createFrom().item(Start.NOT_ITS_TURN)));
        });
    }

    private Uni<Start> begin(
            Mutiny.StatelessSession session, Secret locked, RotationOrder order, UUID rotation, Turns wanted) {
        return calendar.now(session).chain(now -> secrets.stages(session, locked)
                .chain(stages -> claim(session, locked, rotation, order, stages, now))
                .chain(claimed -> claimed
                        ? turns.take(session, wanted, rotation)
                                .chain(() -> record(session, locked, rotation, order, now))
                                .replaceWith(Start.BEGUN)
                        : Uni.createFrom().item(Start.BEING_ROTATED)));
    }

    private Uni<Boolean> claim(
            Mutiny.StatelessSession session,
            Secret locked,
            UUID rotation,
            RotationOrder order,
            SortedMap<String, String> stages,
            Moment now) {
        String current = stages.get(SecretStage.CURRENT);
        if (current == null) {
            throw new IllegalStateException("Secret " + locked.arn() + " has no version that is ACSCurrent.");
        }
        return rotations.claim(session, locked, rotation, order, current, stages.get(SecretStage.PREVIOUS), now);
    }

    private Uni<Void> record(
            Mutiny.StatelessSession session, Secret locked, UUID rotation, RotationOrder order, Moment now) {
        UUID eventId = UUID.randomUUID();
        String rotationType = locked.type().rotationType().orElseThrow();
        RotationRequested requested = new RotationRequested(rotation, locked.arn(), rotationType);
        RotationStepped stepped = new RotationStepped(
                rotation,
                1,
                locked.arn(),
                locked.name(),
                locked.type().wireName(),
                order.trigger().label(),
                order.candidateVersion(),
                RotationLock.FIRST_PHASE,
                RotationState.RUNNING.label(),
                order.note(),
                null,
                now.calendar(),
                now.wall(),
                null);
        return rotations
                .addFirstStep(session, rotation, eventId, order.note(), now)
                .chain(() -> outbox.put(
                        session,
                        Topics.requests(rotationType),
                        locked.arn(),
                        RotationRequested.TYPE,
                        now.wall(),
                        requested))
                .chain(() -> outbox.put(
                        session,
                        Topics.EVENTS,
                        locked.arn(),
                        eventId,
                        RotationStepped.typeFor(stepped.state()),
                        now.wall(),
                        stepped));
    }
}
