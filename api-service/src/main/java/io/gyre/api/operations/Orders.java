package io.gyre.api.operations;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.operations.OperationStore.Locked;
import io.gyre.api.outbox.Outbox;
import io.gyre.api.workers.WorkersWord;
import io.gyre.event.RotationRequested;
import io.gyre.event.Topics;
import io.gyre.rotation.RotationState;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes orders into rotations' rows, each with the record that wakes a worker, and waits a moment for a worker to take
 * it. What becomes of an order is the worker's to say, on the timeline.
 */
@ApplicationScoped
class Orders {
    private static final Logger LOG = Logger.getLogger(Orders.class);

    /** A worker that is up takes an order within its sweep of 250 ms. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(3);

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final OperationStore store;
    private final Outbox outbox;
    private final WorkersWord word;

    Orders(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            OperationStore store,
            Outbox outbox,
            WorkersWord word) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.outbox = outbox;
        this.word = word;
    }

    /**
     * A rotation after something was ordered of it.
     *
     * @param taken whether a worker has taken the order; the latest entry of the timeline then tells what became of it
     */
    record Given(RotationDetail rotation, boolean taken) {}

    /**
     * Orders something of a rotation that has not ended.
     *
     * @param seconds for how long, where that is an extension
     * @return fails with an {@link RpcFault}: RotationNotFound, RotationEnded, OrderPending, NothingToExtend
     */
    Uni<Given> give(AccessKey caller, UUID rotation, Verb verb, @Nullable Long seconds) {
        return sessions.withStatelessTransaction(session -> locked(session, caller, rotation)
                        .invoke(locked -> refuse(locked, verb))
                        .call(() -> store.order(session, rotation, verb, seconds, caller.id()))
                        .call(locked -> wake(session, locked)))
                .invoke(locked -> tell(caller, locked, verb.label()))
                .chain(() -> awaited(caller, rotation));
    }

    /**
     * Orders that a credential be removed which nobody is given: its rotation is rolled back, and opened again for that
     * where it has ended.
     *
     * @return fails with an {@link RpcFault}: OrphanNotFound, OrphanRemoved, OrderPending, or SecretBeingRotated while
     *     another rotation of the secret has not ended
     */
    Uni<Given> remove(AccessKey caller, long orphanId) {
        return sessions.withStatelessTransaction(session -> left(session, caller, orphanId)
                        .chain(orphan -> locked(session, caller, orphan.rotationId())
                                .call(locked -> rollBack(session, caller, locked))
                                .call(locked -> wake(session, locked))
                                .invoke(locked -> tell(caller, locked, "removal of " + orphan.credentialName()))))
                .onFailure(ConstraintViolationException.class)
                .transform(another -> OperationFaults.beingRotated())
                .chain(locked -> awaited(caller, locked.id()));
    }

    private Uni<Locked> locked(Mutiny.StatelessSession session, AccessKey caller, UUID rotation) {
        return store.locked(session, caller.accountId(), rotation)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.rotationNotFound(rotation.toString()));
    }

    private Uni<Orphan> left(Mutiny.StatelessSession session, AccessKey caller, long orphanId) {
        return store.orphan(session, caller.accountId(), orphanId)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.orphanNotFound(Long.toString(orphanId)))
                .invoke(orphan -> {
                    if (orphan.removedAt() != null) {
                        throw OperationFaults.orphanRemoved(orphan.credentialName());
                    }
                });
    }

    private Uni<Void> rollBack(Mutiny.StatelessSession session, AccessKey caller, Locked locked) {
        if (hasEnded(locked)) {
            return store.reopen(session, locked.id(), caller.id());
        }
        refuse(locked, Verb.ROLL_BACK);
        return store.order(session, locked.id(), Verb.ROLL_BACK, null, caller.id());
    }

    private static void refuse(Locked locked, Verb verb) {
        if (hasEnded(locked)) {
            throw OperationFaults.rotationEnded(locked.id().toString(), locked.state());
        }
        if (locked.ordered() != null) {
            throw OperationFaults.orderPending(verb(locked.ordered()), String.valueOf(locked.orderedBy()));
        }
        if (verb == Verb.EXTEND && !locked.rotationType().equals("ram")) {
            throw OperationFaults.nothingToExtend(locked.rotationType());
        }
    }

    private static boolean hasEnded(Locked locked) {
        return RotationState.ofLabel(locked.state()).hasEnded();
    }

    private static Verb verb(String label) {
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private Uni<Void> wake(Mutiny.StatelessSession session, Locked locked) {
        return calendar.now(session)
                .chain(now -> outbox.put(
                        session,
                        Topics.requests(locked.rotationType()),
                        locked.secretArn(),
                        RotationRequested.TYPE,
                        now.wall(),
                        new RotationRequested(locked.id(), locked.secretArn(), locked.rotationType())));
    }

    private static void tell(AccessKey caller, Locked locked, String what) {
        LOG.infof(
                "AccessKey %s (%s) ordered of rotation %s of %s: %s.",
                caller.id(), caller.principal(), locked.id(), locked.secretName(), what);
    }

    private Uni<Given> awaited(AccessKey caller, UUID rotation) {
        return word.within(
                        TAKEN_WITHIN, () -> sessions.withStatelessSession(session -> store.isTaken(session, rotation))
                                .map(taken -> taken ? Optional.of(true) : Optional.empty()))
                .chain(taken -> sessions.withStatelessSession(
                                session -> store.rotation(session, caller.accountId(), rotation))
                        .onItem()
                        .ifNull()
                        .failWith(() -> OperationFaults.rotationNotFound(rotation.toString()))
                        .map(detail -> new Given(detail, taken.isPresent())));
    }
}
