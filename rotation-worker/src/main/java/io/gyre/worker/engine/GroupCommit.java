package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.SealedVersion;
import io.gyre.event.RotateSecretFailed;
import io.gyre.event.RotateSecretSucceeded;
import io.gyre.event.Topics;
import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Orphan;
import io.gyre.worker.machine.VersionMove;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Gathers the transitions that are ready while a transaction is on its way, and commits them together in the next one: the
 * cost of a transition falls as the load grows. Where enough are ready, a second transaction goes beside the first: while
 * PostgreSQL flushes one to disk, it executes the other. Safe for use by several threads.
 */
final class GroupCommit {
    /** What a transaction costs by itself is small beside so many transitions, and those wait for each other. */
    private static final int LARGEST_GROUP = 500;

    /** More than PostgreSQL can be at work on at once gains nothing and makes the groups smaller. */
    private static final int MOST_ON_THEIR_WAY = 2;

    /** A smaller group waits for the one on its way and grows meanwhile: that costs less than a flush of its own. */
    private static final int WORTH_ANOTHER = 200;

    private record Waiting(Transition transition, UniEmitter<? super Boolean> committed) {}

    private final Pool pool;
    private final Envelope envelope;
    private final String worker;
    /** A rotation's first commit since its claim goes ahead of later ones: its first effect waits for it. */
    private final Deque<Waiting> first = new ArrayDeque<>();

    private final Deque<Waiting> later = new ArrayDeque<>();
    private int onTheirWay;

    GroupCommit(Pool pool, Envelope envelope, String worker) {
        this.pool = pool;
        this.envelope = envelope;
        this.worker = worker;
    }

    Uni<Boolean> add(Transition transition) {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                Deque<Waiting> queue = transition.claimed().commits() == 0 ? first : later;
                queue.add(new Waiting(transition, emitter));
            }
            commitNext();
        });
    }

    private void commitNext() {
        List<Waiting> group = new ArrayList<>();
        synchronized (this) {
            if (!isWorthATransaction()) {
                return;
            }
            onTheirWay++;
            take(first, group);
            take(later, group);
        }
        List<Transition> transitions = group.stream().map(Waiting::transition).toList();
        commit(transitions)
                .subscribe()
                .with(
                        moved -> {
                            freed();
                            group.forEach(each -> each.committed().complete(moved.contains(id(each.transition()))));
                        },
                        failure -> {
                            freed();
                            group.forEach(each -> each.committed().fail(failure));
                        });
    }

    private static void take(Deque<Waiting> queue, List<Waiting> group) {
        while (group.size() < LARGEST_GROUP && !queue.isEmpty()) {
            group.add(queue.remove());
        }
    }

    private boolean isWorthATransaction() {
        int waiting = first.size() + later.size();
        return onTheirWay == 0 ? waiting > 0 : onTheirWay < MOST_ON_THEIR_WAY && waiting >= WORTH_ANOTHER;
    }

    private void freed() {
        synchronized (this) {
            onTheirWay--;
        }
        commitNext();
    }

    private Uni<Set<UUID>> commit(List<Transition> group) {
        if (group.stream().noneMatch(GroupCommit::touchesVersions)) {
            return pool.preparedQuery(RotationSql.MOVE)
                    .execute(parameters(group))
                    .map(GroupCommit::ids);
        }
        return pool.withTransaction(connection -> connection
                .preparedQuery(RotationSql.MOVE)
                .execute(parameters(group))
                .chain(rows -> {
                    Set<UUID> isNew = ids(rows, row -> row.getBoolean("is_new"));
                    return moveVersions(
                                    connection,
                                    group.stream()
                                            .filter(each -> isNew.contains(id(each)))
                                            .toList())
                            .replaceWith(ids(rows));
                }));
    }

    /** What each move of a decision is in SQL; done in the order of the enum. */
    private static final Map<VersionMove, String> MOVES = new EnumMap<>(Map.of(
            VersionMove.PROMOTE, RotationSql.PROMOTE,
            VersionMove.DEMOTE, RotationSql.DEMOTE,
            VersionMove.FORGET_FORMER, RotationSql.FORGET_FORMER,
            VersionMove.DROP_CANDIDATE, RotationSql.DROP_CANDIDATE,
            VersionMove.KEEP_CANDIDATE, RotationSql.KEEP_CANDIDATE));

    private static boolean touchesVersions(Transition transition) {
        Decision decision = transition.decision();
        return transition.candidate() != null
                || !decision.moves().isEmpty()
                || decision.orphan() != null
                || decision.state() == RotationState.FAILED;
    }

    private Uni<Void> moveVersions(SqlConnection connection, List<Transition> moved) {
        Uni<Void> done = keepCandidates(connection, moved);
        for (Map.Entry<VersionMove, String> move : MOVES.entrySet()) {
            done = done.chain(() -> on(
                    connection, move.getValue(), moved, each -> each.decision().does(move.getKey())));
        }
        return done.chain(() -> on(connection, RotationSql.PRUNE, moved, each -> each.decision()
                        .does(VersionMove.PROMOTE)))
                .chain(() -> on(
                        connection,
                        RotationSql.MARK_FAILED,
                        moved,
                        each -> each.decision().state() == RotationState.FAILED))
                .chain(() -> on(
                        connection,
                        RotationSql.TELL_FAILED,
                        moved,
                        each -> each.decision().state() == RotationState.FAILED))
                .chain(() -> on(connection, RotationSql.TELL_STAGES, moved, each -> !each.decision()
                        .moves()
                        .isEmpty()))
                .chain(() -> orphans(connection, RotationSql.LIST_ORPHANS, moved, false))
                .chain(() -> orphans(connection, RotationSql.STRIKE_ORPHANS, moved, true));
    }

    private static Uni<Void> on(
            SqlConnection connection, String sql, List<Transition> moved, Predicate<Transition> which) {
        UUID[] ids = moved.stream().filter(which).map(GroupCommit::id).toArray(UUID[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(sql).execute(Tuple.of(ids)).replaceWithVoid();
    }

    private static Uni<Void> orphans(SqlConnection connection, String sql, List<Transition> moved, boolean removed) {
        List<UUID> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Transition each : moved) {
            Orphan orphan = each.decision().orphan();
            if (orphan != null && orphan.removed() == removed) {
                ids.add(id(each));
                names.add(orphan.credentialName());
            }
        }
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(sql)
                        .execute(Tuple.of(ids.toArray(UUID[]::new), names.toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private Uni<Void> keepCandidates(SqlConnection connection, List<Transition> moved) {
        List<Transition> made =
                moved.stream().filter(each -> each.candidate() != null).toList();
        if (made.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(RotationSql.KEY_CHAINS)
                .execute(Tuple.of(made.stream().map(GroupCommit::id).toArray(UUID[]::new)))
                .chain(chains -> {
                    List<UUID> ids = new ArrayList<>();
                    List<String> names = new ArrayList<>();
                    List<Buffer> keys = new ArrayList<>();
                    List<Buffer> ciphertexts = new ArrayList<>();
                    for (Row row : chains) {
                        UUID id = row.getUUID("rotation_id");
                        Minted candidate = candidateOf(made, id);
                        SealedVersion sealed = envelope.seal(
                                SealedRow.keyChain(row),
                                row.getString("arn"),
                                row.getString("candidate_version"),
                                candidate.value());
                        ids.add(id);
                        names.add(candidate.name());
                        keys.add(Buffer.buffer(sealed.wrappedDataKey()));
                        ciphertexts.add(Buffer.buffer(sealed.ciphertext()));
                    }
                    return connection
                            .preparedQuery(RotationSql.KEEP_CANDIDATES)
                            .execute(Tuple.of(
                                    ids.toArray(UUID[]::new),
                                    names.toArray(String[]::new),
                                    keys.toArray(Buffer[]::new),
                                    ciphertexts.toArray(Buffer[]::new)))
                            .replaceWithVoid();
                });
    }

    private static Minted candidateOf(List<Transition> made, UUID rotation) {
        for (Transition each : made) {
            Minted candidate = each.candidate();
            if (candidate != null && id(each).equals(rotation)) {
                return candidate;
            }
        }
        throw new IllegalStateException("Rotation " + rotation + " was not asked for and came back.");
    }

    private Tuple parameters(List<Transition> group) {
        TransitionColumns columns = new TransitionColumns(group);
        return Tuple.tuple(columns.values())
                .addString(worker)
                .addString(Topics.EVENTS)
                .addString(RotateSecretSucceeded.TYPE)
                .addString(RotateSecretFailed.TYPE);
    }

    private static Set<UUID> ids(Iterable<Row> rows) {
        return ids(rows, row -> true);
    }

    private static Set<UUID> ids(Iterable<Row> rows, Predicate<Row> which) {
        Set<UUID> ids = new HashSet<>();
        for (Row row : rows) {
            if (which.test(row)) {
                ids.add(row.getUUID("rotation_id"));
            }
        }
        return ids;
    }

    private static UUID id(Transition transition) {
        return transition.claimed().rotation().id();
    }
}
