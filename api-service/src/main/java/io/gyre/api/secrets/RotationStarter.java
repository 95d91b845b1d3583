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
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.TraceParent;
import io.gyre.trace.Traces;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

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
    private final Traces traces;

    RotationStarter(
            InstallationCalendar calendar,
            SecretStore secrets,
            RotationStore rotations,
            RotationTurns turns,
            Outbox outbox,
            Traces traces) {
        this.calendar = calendar;
        this.secrets = secrets;
        this.rotations = rotations;
        this.turns = turns;
        this.outbox = outbox;
        this.traces = traces;
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
        Span request = request(locked, rotation, order);
        String parent = TraceParent.of(request);
        return calendar.now(session)
                .chain(now -> secrets.stages(session, locked)
                        .chain(stages -> claim(session, locked, rotation, order, stages, parent, now))
                        .chain(claimed -> claimed
                                ? turns.take(session, wanted, rotation)
                                        .chain(() -> record(session, locked, rotation, order, parent, now))
                                        .replaceWith(Start.BEGUN)
                                : Uni.createFrom().item(Start.BEING_ROTATED)))
                .onTermination()
                .invoke(() -> request.end());
    }

    /**
     * What every step goes on from, in whatever process and on whatever day: a part of the call's trace, or the beginning of one
     * where a policy or a campaign begins it.
     */
    private Span request(Secret locked, UUID rotation, RotationOrder order) {
        if (!traces.areOn()) {
            return Span.getInvalid();
        }
        String rotationType = locked.type().rotationType().orElseThrow();
        String topic = Topics.requests(rotationType);
        return traces.span(
                        "create " + topic,
                        SpanKind.PRODUCER,
                        Context.current(),
                        Attributes.builder()
                                .put(GyreAttributes.MESSAGING_SYSTEM, GyreAttributes.KAFKA)
                                .put(GyreAttributes.MESSAGING_DESTINATION, topic)
                                .put(GyreAttributes.MESSAGING_OPERATION, "create")
                                .put(GyreAttributes.MESSAGING_OPERATION_TYPE, "create")
                                .put(GyreAttributes.ROTATION_ID, rotation.toString())
                                .put(GyreAttributes.ROTATION_TYPE, rotationType)
                                .put(GyreAttributes.TRIGGER, order.trigger().label())
                                .put(GyreAttributes.SECRET_ARN, locked.arn())
                                .build())
                .startSpan();
    }

    private Uni<Boolean> claim(
            Mutiny.StatelessSession session,
            Secret locked,
            UUID rotation,
            RotationOrder order,
            SortedMap<String, String> stages,
            @Nullable String traceParent,
            Moment now) {
        String current = stages.get(SecretStage.CURRENT);
        if (current == null) {
            throw new IllegalStateException("Secret " + locked.arn() + " has no version that is ACSCurrent.");
        }
        return rotations.claim(
                session, locked, rotation, order, current, stages.get(SecretStage.PREVIOUS), traceParent, now);
    }

    private Uni<Void> record(
            Mutiny.StatelessSession session,
            Secret locked,
            UUID rotation,
            RotationOrder order,
            @Nullable String traceParent,
            Moment now) {
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
                        UUID.randomUUID(),
                        RotationRequested.TYPE,
                        now.wall(),
                        requested,
                        traceParent))
                .chain(() -> outbox.put(
                        session,
                        Topics.EVENTS,
                        locked.arn(),
                        eventId,
                        RotationStepped.typeFor(stepped.state()),
                        now.wall(),
                        stepped,
                        traceParent));
    }
}
