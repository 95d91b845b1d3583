package io.gyre.api.rootkey;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.EnvelopeException;
import io.gyre.envelope.RootKeyId;
import io.gyre.envelope.RootKeyNames;
import io.gyre.envelope.RootKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The rotation of the root key: an order makes another key the current one, at once and for all processes; from then on a scan
 * seals under it what is not. What is done is what the rows say, so whichever process comes next goes on.
 */
@ApplicationScoped
public class RootKeyRotation {
    private static final Logger LOG = Logger.getLogger(RootKeyRotation.class);

    /** Small, so that no row is taken for long. */
    static final int BATCH = 100;

    /** The longest that a role lends itself for, and how long a process that sealed a session may not have been heard of. */
    private static final Duration SESSIONS = Duration.ofHours(12).plus(RootKeyStore.HEARD_WITHIN);

    private final Mutiny.SessionFactory sessions;
    private final RootKeyStore store;
    private final Envelope envelope;
    private final RootKeys keys;

    RootKeyRotation(Mutiny.SessionFactory sessions, RootKeyStore store, Envelope envelope) {
        this.sessions = sessions;
        this.store = store;
        this.envelope = envelope;
        this.keys = envelope.roots();
    }

    /** What became of an order. */
    public sealed interface Outcome {
        /** It is the current one now. */
        record Begun(RootKeyId former) implements Outcome {}

        /** It was so before. */
        record CurrentAlready() implements Outcome {}

        /** The process that was asked was not given it. */
        record UnknownHere(List<RootKeyId> known) implements Outcome {}

        /** A process that runs was not given it. */
        record UnknownTo(RunningProcess process) implements Outcome {}
    }

    /**
     * Makes another root key the current one. Refused while a process runs that would not know it: none starts meanwhile.
     *
     * @param by who orders it
     */
    public Uni<Outcome> order(RootKeyId to, String by) {
        if (!keys.knows(to)) {
            return Uni.createFrom().item(new Outcome.UnknownHere(keys.ids()));
        }
        return sessions.withStatelessTransaction(session -> store.stateTaken(session)
                .chain(state -> state.names().current().equals(to)
                        ? Uni.createFrom().item(new Outcome.CurrentAlready())
                        : order(session, state.names(), to, by)));
    }

    private Uni<Outcome> order(Mutiny.StatelessSession session, RootKeyNames names, RootKeyId to, String by) {
        return store.processes(session).chain(processes -> {
            Optional<RunningProcess> without = processes.stream()
                    .filter(process -> !process.knows().contains(to.hex()))
                    .findFirst();
            return without.isPresent()
                    ? Uni.createFrom().item(new Outcome.UnknownTo(without.get()))
                    : store.rotate(session, to, by).replaceWith(new Outcome.Begun(names.current()));
        });
    }

    /** Seals under the current key what is not, batch by batch, until nothing is left; one process does at a time. */
    public Uni<Void> goOn() {
        return sessions.withStatelessSession(store::state)
                .chain(state -> state.settled()
                        ? Uni.createFrom().voidItem()
                        : all(state.names()).chain(failed -> end(state.names(), failed)));
    }

    private Uni<List<String>> all(RootKeyNames names) {
        List<String> failed = new ArrayList<>();
        return Arrays.stream(SealedKind.values())
                .map(kind -> Uni.createFrom().deferred(() -> from(names, kind, "", failed)))
                .reduce(Uni.createFrom().voidItem(), (before, next) -> before.chain(() -> next))
                .replaceWith(failed);
    }

    private Uni<Void> from(RootKeyNames names, SealedKind kind, String after, List<String> failed) {
        return batch(names, kind, after, failed)
                .chain(last -> last == null ? Uni.createFrom().voidItem() : from(names, kind, last, failed));
    }

    /**
     * A batch, in a transaction of its own.
     *
     * @param failed is told what does not open; it stays as it is
     * @return the last id that was looked at; null where there is nothing more
     */
    Uni<@Nullable String> batch(RootKeyNames names, SealedKind kind, String after, List<String> failed) {
        return sessions.withStatelessTransaction(
                session -> store.left(session, kind, names, after, BATCH).chain(rows -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (RootKeyStore.Sealed row : rows) {
                        done = done.chain(() -> reseal(session, kind, names.current(), row, failed));
                    }
                    return done.replaceWith(
                            rows.isEmpty() ? null : rows.get(rows.size() - 1).id());
                }));
    }

    private Uni<Void> reseal(
            Mutiny.StatelessSession session,
            SealedKind kind,
            RootKeyId under,
            RootKeyStore.Sealed row,
            List<String> failed) {
        byte[] resealed;
        try {
            resealed = kind.resealed(envelope, under, row.id(), row.sealed());
        } catch (EnvelopeException e) {
            failed.add(String.valueOf(e.getMessage()));
            return Uni.createFrom().voidItem();
        }
        return store.reseal(session, kind, row, resealed).replaceWithVoid();
    }

    private Uni<Void> end(RootKeyNames names, List<String> failed) {
        if (!failed.isEmpty()) {
            throw new EnvelopeException(
                    failed.size() + " are left under a former root key, the first of them since: " + failed.get(0));
        }
        return sessions.withStatelessTransaction(session -> store.settle(session, names.current()))
                .invoke(first -> {
                    if (first) {
                        LOG.infof("Everything that is stored is sealed under root key %s now.", names.current());
                    }
                })
                .replaceWithVoid();
    }

    /** How far it is, as of now. */
    public Uni<RootKeyStatus> status() {
        return sessions.withStatelessSession(session -> store.state(session).chain(state -> store.processes(session)
                .chain(processes -> store.amounts(session).chain(amounts -> store.sessionsEnd(session, SESSIONS)
                        .map(ends -> status(state, processes, amounts, ends))))));
    }

    private RootKeyStatus status(
            RootKeyStore.State state,
            List<RunningProcess> processes,
            List<SealedAmount> amounts,
            List<SessionsEnd> ends) {
        TreeSet<String> ids = new TreeSet<>();
        ids.add(state.names().current().hex());
        processes.forEach(process -> ids.addAll(process.knows()));
        amounts.forEach(amount -> ids.add(amount.under().hex()));
        ends.forEach(end -> ids.add(end.under().hex()));
        return new RootKeyStatus(
                state.names().current(),
                state.settled(),
                state.rotatedAt(),
                state.rotatedBy(),
                ids.stream()
                        .map(RootKeyId::new)
                        .map(id -> new RootKeyStatus.OfKey(
                                id,
                                id.equals(state.names().current()),
                                amounts.stream()
                                        .filter(amount -> amount.under().equals(id))
                                        .findFirst()
                                        .orElse(SealedAmount.nothing(id)),
                                ends.stream()
                                        .filter(end -> end.under().equals(id))
                                        .map(SessionsEnd::until)
                                        .findFirst()
                                        .orElse(null)))
                        .toList(),
                processes);
    }
}
