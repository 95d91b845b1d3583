package io.gyre.api.operations;

import io.gyre.api.workers.RotationOrders;
import io.gyre.api.workers.RotationOrders.Locked;
import io.gyre.api.workers.Verb;
import io.gyre.api.workers.WorkersWord;
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

/** Gives operators' orders, for the operations API and for the console, and waits a moment for a worker to take each. */
@ApplicationScoped
public class Orders {
    private static final Logger LOG = Logger.getLogger(Orders.class);

    private static final long SHORTEST_EXTENSION = 10 * 60;
    private static final long LONGEST_EXTENSION = 7 * 24 * 60 * 60;

    /** A worker that is up takes an order within its sweep of 250 ms. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(3);

    private final Mutiny.SessionFactory sessions;
    private final OperationStore store;
    private final RotationOrders rotations;
    private final WorkersWord word;

    Orders(Mutiny.SessionFactory sessions, OperationStore store, RotationOrders rotations, WorkersWord word) {
        this.sessions = sessions;
        this.store = store;
        this.rotations = rotations;
        this.word = word;
    }

    /**
     * A rotation after something was ordered of it.
     *
     * @param taken whether a worker has taken the order; the latest entry of the timeline then tells what became of it
     */
    public record Given(RotationDetail rotation, boolean taken) {}

    /**
     * By how many seconds an overlap is to be extended, found valid.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    public static long seconds(@Nullable Long given) {
        String rule = "give the seconds of the extension, from " + SHORTEST_EXTENSION + " (10 minutes) to "
                + LONGEST_EXTENSION + " (7 days).";
        if (given == null) {
            throw OperationFaults.missing("seconds", rule);
        }
        if (given < SHORTEST_EXTENSION || given > LONGEST_EXTENSION) {
            throw OperationFaults.invalid("seconds", Long.toString(given), rule);
        }
        return given;
    }

    /**
     * Orders something of a rotation that has not ended.
     *
     * @param seconds for how long, where that is an extension
     * @return fails with an {@link RpcFault}: RotationNotFound, RotationEnded, OrderPending, NothingToExtend
     */
    public Uni<Given> give(AccessKey caller, UUID rotation, Verb verb, @Nullable Long seconds) {
        return sessions.withStatelessTransaction(session -> locked(session, caller, rotation)
                        .invoke(locked -> refuse(locked, verb))
                        .call(locked -> rotations.give(session, locked, verb, seconds, caller.id())))
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
                                .invoke(locked -> tell(caller, locked, "removal of " + orphan.credentialName()))))
                .onFailure(ConstraintViolationException.class)
                .transform(another -> OperationFaults.beingRotated())
                .chain(locked -> awaited(caller, locked.id()));
    }

    private Uni<Locked> locked(Mutiny.StatelessSession session, AccessKey caller, UUID rotation) {
        return rotations
                .locked(session, caller.accountId(), rotation)
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
        if (locked.hasEnded()) {
            return store.reopen(session, locked.id(), caller.id()).chain(() -> rotations.wake(session, locked));
        }
        refuse(locked, Verb.ROLL_BACK);
        return rotations.give(session, locked, Verb.ROLL_BACK, null, caller.id());
    }

    private static void refuse(Locked locked, Verb verb) {
        if (locked.hasEnded()) {
            throw OperationFaults.rotationEnded(locked.id().toString(), locked.state());
        }
        if (locked.ordered() != null) {
            throw OperationFaults.orderPending(verb(locked.ordered()), String.valueOf(locked.orderedBy()));
        }
        if (verb == Verb.EXTEND && !locked.rotationType().equals("ram")) {
            throw OperationFaults.nothingToExtend(locked.rotationType());
        }
    }

    private static Verb verb(String label) {
        return Arrays.stream(Verb.values())
                .filter(verb -> verb.label().equals(label))
                .findFirst()
                .orElseThrow();
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
