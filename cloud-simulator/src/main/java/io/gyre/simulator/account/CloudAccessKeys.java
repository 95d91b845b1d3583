package io.gyre.simulator.account;

import io.gyre.rpc.AccessKey;
import io.gyre.rpc.AccessKeys;
import io.gyre.secret.SecretText;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Database;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The account's own key and those of its RAM users. */
@Singleton
public class CloudAccessKeys implements AccessKeys {
    private final SimulatorConfig config;
    private final Database database;
    private final Seal seal;
    private final CloudDates dates;

    @Inject
    public CloudAccessKeys(SimulatorConfig config, Database database, Seal seal, CloudDates dates) {
        this.config = config;
        this.database = database;
        this.seal = seal;
        this.dates = dates;
    }

    /** A RAM user's key as it is listed, without its secret. */
    public record Listed(
            String id,
            boolean active,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    /** The simulated account hands out no temporary keys, so none is found by a token. */
    @Override
    public Uni<Optional<AccessKey>> find(String accessKeyId, @Nullable String securityToken) {
        if (accessKeyId.equals(config.accessKeyId())) {
            SecretText secret = SecretText.of(config.accessKeySecret());
            return Uni.createFrom()
                    .item(Optional.of(new AccessKey(accessKeyId, secret, true, config.account(), "root")));
        }
        return Uni.createFrom()
                .item(() -> database.inTransaction(transaction -> ofUser(transaction, accessKeyId)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Optional<AccessKey> ofUser(Transaction transaction, String accessKeyId) {
        return transaction.one(
                """
                SELECT user_name, sealed_secret, status FROM ram_access_key
                 WHERE access_key_id = ? AND valid_at <= clock_timestamp()""",
                row -> new AccessKey(
                        accessKeyId,
                        SecretText.of(new String(
                                seal.open(row.getString("sealed_secret"), accessKeyId), StandardCharsets.UTF_8)),
                        row.getString("status").equals("Active"),
                        config.account(),
                        Policies.principal(row.getString("user_name"))),
                accessKeyId);
    }

    /** Remembers that a signed call came with this key. */
    public void touch(Transaction transaction, AccessKey caller) {
        if (!Policies.isAccount(caller)) {
            transaction.change(
                    "UPDATE ram_access_key SET last_used_at = ? WHERE access_key_id = ?", dates.instant(), caller.id());
        }
    }

    /** A key that becomes valid after the configured delay. */
    public AccessKey create(Transaction transaction, String userName, Instant createdAt) {
        String id = Identifiers.accessKeyId();
        SecretText secret = SecretText.of(Identifiers.accessKeySecret());
        transaction.change("""
                INSERT INTO ram_access_key (access_key_id, user_name, sealed_secret, status, created_at, valid_at)
                VALUES (?, ?, ?, 'Active', ?, clock_timestamp() + make_interval(secs => ?))""", id, userName, seal.close(secret.revealBytes(), id), createdAt, config.ramDelay());
        return new AccessKey(id, secret, true, config.account(), Policies.principal(userName));
    }

    /** In the order in which they were made. */
    public List<Listed> of(Transaction transaction, String userName) {
        return transaction.list(
                """
                SELECT access_key_id, status, created_at, last_used_at FROM ram_access_key
                 WHERE user_name = ? ORDER BY valid_at, access_key_id""",
                row -> new Listed(
                        row.getString("access_key_id"),
                        row.getString("status").equals("Active"),
                        Transaction.instant(row, "created_at"),
                        Transaction.instantOrNull(row, "last_used_at")),
                userName);
    }

    /** @return whether the user has this key */
    public boolean setActive(Transaction transaction, String userName, String id, boolean active) {
        return transaction.change(
                        "UPDATE ram_access_key SET status = ? WHERE user_name = ? AND access_key_id = ?",
                        active ? "Active" : "Inactive",
                        userName,
                        id)
                == 1;
    }

    /** @return whether the user had this key */
    public boolean delete(Transaction transaction, String userName, String id) {
        return transaction.change("DELETE FROM ram_access_key WHERE user_name = ? AND access_key_id = ?", userName, id)
                == 1;
    }
}
