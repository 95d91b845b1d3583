package io.gyre.worker.process;

import io.gyre.envelope.RootKeyId;
import io.gyre.envelope.RootKeyNames;
import io.gyre.envelope.RootKeys;
import io.quarkus.runtime.Quarkus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * This worker among the processes that share a root key: it tells which ones it was given, so that none is made the current
 * one that it could not open anything with, and learns which one is.
 */
@ApplicationScoped
class RootKeyPresence {
    private static final Logger LOG = Logger.getLogger(RootKeyPresence.class);

    /** Six times before it counts as ended. */
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    private static final String NOTE = """
            SELECT current_key, unnamed_key FROM note_root_keys($1, 'rotation-worker', $2, $3, NULL)
            """;

    private static final String IN_USE =
            "SELECT DISTINCT root_key_of(wrapped_key) AS root_key_id FROM kms_instance WHERE wrapped_key IS NOT NULL";

    private static final String FORGET = "SELECT CAST(forget_root_keys($1) AS text)";

    private final Pool pool;
    private final RootKeys keys;
    private final String name;
    private final ScheduledExecutorService executor;
    private final Runnable exit;
    private final UUID process = UUID.randomUUID();

    @Inject
    RootKeyPresence(Pool pool, RootKeys keys, WorkerConfig config, ScheduledExecutorService executor) {
        this(pool, keys, config.worker().name(), executor, () -> Quarkus.asyncExit(1));
    }

    /** @param exit ends the process */
    RootKeyPresence(Pool pool, RootKeys keys, String name, ScheduledExecutorService executor, Runnable exit) {
        this.pool = pool;
        this.keys = keys;
        this.name = name;
        this.executor = executor;
        this.exit = exit;
    }

    /** What opens everything that this process reads. */
    @ApplicationScoped
    static class Given {
        @Produces
        @Singleton
        RootKeys keys(WorkerConfig config) {
            return config.rootKeys();
        }
    }

    /**
     * Ends the process where it was not given a root key that it needs.
     *
     * @return whether an api-service has noted the current root key yet, and this worker may go on
     */
    Uni<Boolean> begin() {
        return tell().chain(noted -> noted
                ? pool.query(IN_USE).execute().map(this::knowsThoseInUse)
                : Uni.createFrom().item(false));
    }

    private Uni<Boolean> tell() {
        String[] known = keys.ids().stream().map(RootKeyId::hex).toArray(String[]::new);
        return pool.preparedQuery(NOTE).execute(Tuple.of(process, name, known)).map(this::learned);
    }

    /** From here on, it tells of itself. */
    void start() {
        var unused = executor.scheduleWithFixedDelay(
                () -> tell().subscribe().with(told -> {}, failure -> LOG.debug("Not told.", failure)),
                TELL_EVERY.toMillis(),
                TELL_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A rotation of the root key need not wait until it counts as ended. */
    void end() {
        pool.preparedQuery(FORGET)
                .execute(Tuple.of(process))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(END_WITHIN);
    }

    private boolean learned(RowSet<Row> rows) {
        RowIterator<Row> row = rows.iterator();
        if (!row.hasNext()) {
            return false;
        }
        Row said = row.next();
        RootKeyNames names = new RootKeyNames(
                new RootKeyId(said.getString("current_key")),
                Optional.ofNullable(said.getString("unnamed_key")).map(RootKeyId::new));
        keys.told(names);
        return knows(names.current(), "is the current one of this installation");
    }

    private boolean knowsThoseInUse(RowSet<Row> rows) {
        for (Row row : rows) {
            Optional<RootKeyId> under = Optional.ofNullable(row.getString("root_key_id"))
                    .map(RootKeyId::new)
                    .or(() -> keys.names().unnamed());
            if (under.isPresent() && !knows(under.get(), "still seals keys of KMS instances")) {
                return false;
            }
        }
        return true;
    }

    private boolean knows(RootKeyId id, String why) {
        if (!keys.knows(id)) {
            LOG.errorf(
                    "Root key %s %s, and this worker was given %s alone: it ends. Give it that key, too.",
                    id, why, keys.ids());
            exit.run();
        }
        return keys.knows(id);
    }
}
