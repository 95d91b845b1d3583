package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.KeyChain;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.gyre.envelope.SealedVersion;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.secret.SecretText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** An empty Gyre on a database of its own, and the rows that a test puts there. */
public final class World implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Enough that no test meets it unless it wants to. */
    private static final int PER_TARGET = 1_000;

    private static final String INSTANCE = "shared/1";

    final Vertx vertx = Vertx.vertx();
    public final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    public final Pool pool;
    public final Envelope envelope =
            new Envelope(RootKeys.of(RootKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))));
    private final KeyChain chain;

    public World() {
        this(TestPostgres.freshDatabase());
    }

    public World(TestPostgres.Database database) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().reveal())
                .load()
                .migrate();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(EngineSession.of(new PgConnectOptions()
                        .setHost(database.host())
                        .setPort(database.port())
                        .setDatabase(database.name())
                        .setUser(database.user())
                        .setPassword(database.password().reveal())))
                .using(vertx)
                .build();
        byte[] instanceKey = envelope.newInstanceKey(envelope.roots().names().current(), INSTANCE);
        byte[] material = envelope.newKeyMaterial(INSTANCE, instanceKey, "key-1");
        chain = new KeyChain(INSTANCE, instanceKey, "key-1", material);
        sql(
                "INSERT INTO root_key (current_id, unnamed_id) VALUES ($1, $1) ON CONFLICT DO NOTHING",
                envelope.roots().names().current().hex());
        sql("INSERT INTO kms_instance VALUES ($1, '1', $2, now())", INSTANCE, Buffer.buffer(instanceKey));
        sql(
                "INSERT INTO kms_key (key_id, account_id, instance_id, key_spec, key_usage, origin, protection_level,"
                        + " creator, wrapped_material, created_at) VALUES ('key-1', '1', $1, 'Aliyun_AES_256',"
                        + " 'ENCRYPT/DECRYPT', 'Aliyun_KMS', 'SOFTWARE', '1', $2, now())",
                INSTANCE,
                Buffer.buffer(material));
    }

    public RowSet<Row> sql(String statement, @Nullable Object... parameters) {
        return pool.preparedQuery(statement)
                .execute(Tuple.tuple(Arrays.asList(parameters)))
                .await()
                .atMost(PATIENCE);
    }

    public String text(String query, Object... parameters) {
        var rows = sql(query, parameters).iterator();
        return rows.hasNext() ? String.valueOf(rows.next().getValue(0)) : "";
    }

    /** An RDS secret with two accounts, app_a current and app_b idle. */
    public long secret(String name) {
        String arn = "acs:kms:cn-hangzhou:1:secret/" + name;
        long id = sql(
                        "INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, key_id,"
                                + " extended_config, rotation_status, rotation_interval_seconds, created_at, updated_at)"
                                + " VALUES ('1', $1, $2, 'Rds', 'DoubleUsers', 'key-1', '{\"SecretSubType\":\"DoubleUsers\","
                                + "\"DBInstanceId\":\"rm-1\",\"CustomData\":{\"Owner\":\"payments\"}}', 'Enabled', 604800,"
                                + " calendar_now(), calendar_now()) RETURNING secret_id",
                        name,
                        arn)
                .iterator()
                .next()
                .getLong(0);
        version(id, arn, new Version("v-a", "app_a", SecretText.of("old password of app_a")), "ACSCurrent");
        version(id, arn, new Version("v-b", "app_b", SecretText.of("old password of app_b")), "ACSPrevious");
        return id;
    }

    private void version(long secret, String arn, Version version, String stage) {
        SealedVersion sealed = envelope.seal(chain, arn, version.id(), version.value());
        sql(
                "INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,"
                        + " ciphertext, created_at) VALUES ($1, $2, 'text', $3, 'key-1', $4, $5, calendar_now())",
                secret,
                version.id(),
                version.name(),
                Buffer.buffer(sealed.wrappedDataKey()),
                Buffer.buffer(sealed.ciphertext()));
        sql("INSERT INTO secret_stage VALUES ($1, $2, $3)", secret, stage, version.id());
    }

    /** A credential that is stored. */
    public record Version(String id, String name, SecretText value) {}

    /** A secret of any type, with the fields of its ExtendedConfig as rotations keep them: flat. */
    public long secret(
            String name,
            String type,
            String subType,
            Map<String, String> place,
            Version current,
            @Nullable Version previous) {
        String arn = "acs:kms:cn-hangzhou:1:secret/" + name;
        JsonObject config = new JsonObject().put("SecretSubType", subType);
        JsonObject customData = new JsonObject();
        place.forEach((field, value) -> {
            boolean custom = field.startsWith("CustomData.");
            (custom ? customData : config).put(field.substring(custom ? "CustomData.".length() : 0), value);
        });
        long id = sql(
                        "INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, key_id, extended_config,"
                                + " created_at, updated_at) VALUES ('1', $1, $2, $3, $4, 'key-1', $5, calendar_now(),"
                                + " calendar_now()) RETURNING secret_id",
                        name,
                        arn,
                        type,
                        subType,
                        config.put("CustomData", customData).encode())
                .iterator()
                .next()
                .getLong(0);
        version(id, arn, current, "ACSCurrent");
        if (previous != null) {
            version(id, arn, previous, "ACSPrevious");
        }
        return id;
    }

    /** A rotation of the secret as the API leaves it: due at once. */
    public UUID rotation(long secret, String trigger) {
        return rotation(secret, trigger, "rds", Map.of("DBInstanceId", "rm-1"));
    }

    /** @param target the secret's ExtendedConfig, flat */
    public UUID rotation(long secret, String trigger, String rotationType, Map<String, String> target) {
        UUID id = UUID.randomUUID();
        sql(
                "INSERT INTO rotation (rotation_id, secret_id, secret_arn, rotation_type, secret_sub_type, trigger,"
                        + " candidate_version, former_version, idle_version, target, phase, state, steps, wake_clock,"
                        + " wake_at, requested_at, overlap_seconds) SELECT $1, secret_id, arn, $5, secret_sub_type, $3,"
                        + " 'v-new', 'v-a', 'v-b', $4, 'REQUESTED', 'Running', 1, 'operational', clock_timestamp(),"
                        + " calendar_now(), CASE WHEN $5::text = 'ram' THEN 172800 END FROM secret WHERE secret_id = $2",
                id,
                secret,
                trigger,
                JsonObject.mapFrom(target),
                rotationType);
        return id;
    }

    PostgresRotationStore store(String worker, Duration lease) {
        return store(worker, PER_TARGET, lease);
    }

    PostgresRotationStore store(String worker, int perTarget, Duration lease) {
        return new PostgresRotationStore(pool, envelope, worker, List.of("rds"), perTarget, lease, ticks());
    }

    public Ticks ticks() {
        return new Ticks() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(Duration delay, Runnable task) {
                if (!executor.isShutdown()) {
                    var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        };
    }

    /** As if the worker that holds the lease had died long ago. */
    void leaseRunsOut(UUID rotation) {
        sql(
                "UPDATE rotation SET lease_until = clock_timestamp(), wake_at = clock_timestamp() WHERE rotation_id = $1",
                rotation);
    }

    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain for: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        pool.closeAndAwait();
        vertx.closeAndAwait();
    }
}
