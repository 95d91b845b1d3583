package io.gyre.simulator.rds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Identifiers;
import io.gyre.simulator.account.Page;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Endpoints;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Database instances. Each has the database {@code postgres}, reached at its own port. */
@Singleton
public class RdsInstances {
    private static final String SELECT = "SELECT i.*, e.port FROM rds_instance i JOIN endpoint e USING (instance_id) ";

    private final SimulatorConfig config;
    private final CloudDates dates;
    private final Endpoints endpoints;
    private final RdsChanges changes;

    RdsInstances(SimulatorConfig config, CloudDates dates, Endpoints endpoints, RdsChanges changes) {
        this.config = config;
        this.dates = dates;
        this.endpoints = endpoints;
        this.changes = changes;
    }

    /** A row of the table, with its port. */
    record Instance(
            String id,
            String description,
            String engineVersion,
            String region,
            String status,
            Instant createdAt,
            int port) {
        static Instance read(ResultSet row) throws SQLException {
            return new Instance(
                    row.getString("instance_id"),
                    row.getString("description"),
                    row.getString("engine_version"),
                    row.getString("region"),
                    row.getString("status"),
                    Transaction.instant(row, "created_at"),
                    row.getInt("port"));
        }
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("CreateDBInstance", this::create),
                new CloudAction("DescribeDBInstanceAttribute", this::describe),
                new CloudAction("DescribeDBInstances", this::list),
                new CloudAction("DeleteDBInstance", this::delete));
    }

    /** With its row locked, so that no other change of it or its accounts goes on meanwhile. */
    static Optional<Instance> locked(Transaction transaction, String id) {
        return transaction.one(SELECT + "WHERE i.instance_id = ? FOR UPDATE OF i", Instance::read, id);
    }

    private ObjectNode create(Transaction transaction, RpcRequest request) {
        if (!request.required("Engine").equalsIgnoreCase("PostgreSQL")) {
            throw RdsFaults.unknownEngine();
        }
        String id = Identifiers.resource("rm-");
        int port = endpoints.allocate(transaction, id);
        transaction.change(
                """
                INSERT INTO rds_instance (instance_id, description, engine_version, region, status, created_at)
                VALUES (?, ?, ?, ?, 'Creating', ?)""",
                id,
                orElse(request.text("DBInstanceDescription"), id),
                orElse(request.text("EngineVersion"), "18.0"),
                orElse(request.text("RegionId"), "cn-hangzhou"),
                dates.instant());
        changes.add(transaction, RdsChange.of(RdsChange.Kind.CREATE_INSTANCE, id));
        return Answers.empty()
                .put("DBInstanceId", id)
                .put("ConnectionString", config.host())
                .put("Port", Integer.toString(port));
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null || value.isEmpty() ? fallback : value;
    }

    private ObjectNode describe(Transaction transaction, RpcRequest request) {
        Instance instance = transaction
                .one(SELECT + "WHERE i.instance_id = ?", Instance::read, request.required("DBInstanceId"))
                .orElseThrow(RdsFaults::noSuchInstance);
        ObjectNode answer = Answers.empty();
        Answers.list(answer, "Items", "DBInstanceAttribute", List.of(instance), this::shape);
        return answer;
    }

    private ObjectNode list(Transaction transaction, RpcRequest request) {
        String id = orElse(request.text("DBInstanceId"), "");
        String status = orElse(request.text("DBInstanceStatus"), "");
        List<Instance> all = transaction.list(
                SELECT + "WHERE (? = '' OR i.instance_id = ?) AND (? = '' OR i.status = ?) ORDER BY e.port",
                Instance::read,
                id,
                id,
                status,
                status);
        Page page = Page.of(request, 30, 100);
        List<Instance> shown = page.of(all);
        ObjectNode answer = Answers.empty();
        Answers.list(answer, "Items", "DBInstance", shown, this::shape);
        return answer.put("PageNumber", page.number())
                .put("PageRecordCount", shown.size())
                .put("TotalRecordCount", all.size());
    }

    private ObjectNode delete(Transaction transaction, RpcRequest request) {
        Instance instance =
                locked(transaction, request.required("DBInstanceId")).orElseThrow(RdsFaults::noSuchInstance);
        if (!instance.status().equals("Running")) {
            throw RdsFaults.instanceNotRunning(instance.status());
        }
        transaction.change("UPDATE rds_instance SET status = 'Deleting' WHERE instance_id = ?", instance.id());
        changes.add(transaction, RdsChange.of(RdsChange.Kind.DELETE_INSTANCE, instance.id()));
        return Answers.empty().put("RegionId", instance.region());
    }

    private ObjectNode shape(Instance instance) {
        String created = instance.createdAt().toString();
        return Answers.empty()
                .put("DBInstanceId", instance.id())
                .put("DBInstanceDescription", instance.description())
                .put("DBInstanceStatus", instance.status())
                .put("DBInstanceType", "Primary")
                .put("Engine", "PostgreSQL")
                .put("EngineVersion", instance.engineVersion())
                .put("RegionId", instance.region())
                .put("ConnectionString", config.host())
                .put("Port", Integer.toString(instance.port()))
                .put("LockMode", "Unlock")
                .put("PayType", "Postpaid")
                .put("CreateTime", created)
                .put("CreationTime", created);
    }
}
