package io.gyre.simulator.rds;

import io.gyre.rpc.Undisclosed;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.due.DueLoop;
import io.gyre.simulator.due.DueWork;
import io.gyre.simulator.store.Database;
import io.gyre.simulator.store.Endpoints;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Does what RDS was asked for, once its time has come. What touches roles only commits together with the account's
 * status; what PostgreSQL takes outside of a transaction only can be repeated, and is where the simulator was killed.
 */
@Singleton
public class RdsChanges implements DueWork {
    private static final Logger LOG = System.getLogger(RdsChanges.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SimulatorConfig config;
    private final Database database;
    private final Endpoints endpoints;
    private final InstanceDatabases databases;
    private final InstanceFronts fronts;
    private final DueLoop loop;

    RdsChanges(
            SimulatorConfig config,
            Database database,
            Endpoints endpoints,
            InstanceDatabases databases,
            InstanceFronts fronts,
            DueLoop loop) {
        this.config = config;
        this.database = database;
        this.endpoints = endpoints;
        this.databases = databases;
        this.fronts = fronts;
        this.loop = loop;
    }

    /** To be done after the configured delay. */
    void add(Transaction transaction, RdsChange change) {
        transaction.change(
                """
                INSERT INTO rds_change (kind, instance_id, account_name, verifier, db_name, privilege, due_at)
                VALUES (?, ?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))""",
                change.kind().name(),
                change.instance(),
                change.account(),
                change.verifier(),
                change.database(),
                change.privilege(),
                config.rdsDelay());
        transaction.afterCommit(loop::wake);
    }

    private record Due(long id, RdsChange change) {
        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    row.getLong("id"),
                    new RdsChange(
                            RdsChange.Kind.valueOf(row.getString("kind")),
                            row.getString("instance_id"),
                            row.getString("account_name"),
                            row.getString("verifier"),
                            row.getString("db_name"),
                            row.getString("privilege")));
        }
    }

    @Override
    public boolean performNext() {
        Optional<Due> next = database.inTransaction(transaction -> transaction.one(
                "SELECT * FROM rds_change WHERE due_at <= clock_timestamp() ORDER BY due_at, id LIMIT 1", Due::read));
        next.ifPresent(due -> {
            try {
                perform(due);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, due.change() + " failed and is tried again in " + RETRY, Undisclosed.of(e));
                postpone(due);
            }
        });
        return next.isPresent();
    }

    @Override
    public Optional<Duration> untilNext() {
        return database.inTransaction(transaction -> transaction.one(
                "SELECT extract(epoch FROM min(due_at) - clock_timestamp()) * 1000 FROM rds_change HAVING count(*) > 0",
                row -> Duration.ofMillis((long) Math.ceil(row.getDouble(1)))));
    }

    /** Others go first meanwhile. */
    private void postpone(Due due) {
        database.transact(transaction -> transaction.change(
                "UPDATE rds_change SET due_at = clock_timestamp() + make_interval(secs => ?) WHERE id = ?",
                RETRY,
                due.id()));
    }

    private void perform(Due due) {
        RdsChange change = due.change();
        switch (change.kind()) {
            case CREATE_INSTANCE -> createInstance(change.instance());
            case GRANT_PRIVILEGE ->
                databases.grant(
                        change.instance(), account(change), Privilege.of(Objects.requireNonNull(change.privilege())));
            case DELETE_ACCOUNT -> databases.disown(change.instance(), account(change));
            case DELETE_INSTANCE -> {
                fronts.close(change.instance());
                databases.drop(change.instance());
            }
            case CREATE_ACCOUNT, RESET_PASSWORD -> {
                // All of it in the transaction below.
            }
        }
        database.transact(transaction -> {
            commit(transaction, change);
            transaction.change("DELETE FROM rds_change WHERE id = ?", due.id());
        });
        LOG.log(Level.DEBUG, "{0} is done", change);
    }

    private void createInstance(String instance) {
        databases.create(instance);
        int port = database.inTransaction(transaction -> transaction
                .one("SELECT port FROM endpoint WHERE instance_id = ?", row -> row.getInt(1), instance)
                .orElseThrow());
        fronts.open(instance, port);
    }

    private void commit(Transaction transaction, RdsChange change) {
        switch (change.kind()) {
            case CREATE_INSTANCE ->
                transaction.change(
                        "UPDATE rds_instance SET status = 'Running' WHERE instance_id = ?", change.instance());
            case DELETE_INSTANCE -> forgetInstance(transaction, change.instance());
            case CREATE_ACCOUNT -> {
                transaction.change(
                        "SELECT rds_create_role(?, ?, ?)", change.instance(), change.account(), change.verifier());
                available(transaction, change);
            }
            case RESET_PASSWORD -> {
                transaction.change(
                        "SELECT rds_set_password(?, ?, ?)", change.instance(), change.account(), change.verifier());
                available(transaction, change);
            }
            case GRANT_PRIVILEGE -> {
                transaction.change("""
                        INSERT INTO rds_privilege (instance_id, account_name, db_name, privilege) VALUES (?, ?, ?, ?)
                        ON CONFLICT (instance_id, account_name, db_name) DO UPDATE SET privilege = excluded.privilege""", change.instance(), change.account(), change.database(), change.privilege());
                available(transaction, change);
            }
            case DELETE_ACCOUNT -> {
                transaction.change("SELECT rds_drop_role(?, ?)", change.instance(), change.account());
                transaction.change(
                        "DELETE FROM rds_account WHERE instance_id = ? AND account_name = ?",
                        change.instance(),
                        change.account());
            }
        }
    }

    private static void available(Transaction transaction, RdsChange change) {
        transaction.change(
                "UPDATE rds_account SET status = 'Available' WHERE instance_id = ? AND account_name = ?",
                change.instance(),
                change.account());
    }

    private void forgetInstance(Transaction transaction, String instance) {
        transaction.change("DELETE FROM rds_change WHERE instance_id = ?", instance);
        transaction.list(
                "SELECT rds_drop_role(instance_id, account_name) FROM rds_account WHERE instance_id = ?",
                row -> true,
                instance);
        transaction.change("DELETE FROM rds_account WHERE instance_id = ?", instance);
        endpoints.release(transaction, instance);
        transaction.change("DELETE FROM rds_instance WHERE instance_id = ?", instance);
    }

    private static String account(RdsChange change) {
        return Objects.requireNonNull(change.account());
    }
}
