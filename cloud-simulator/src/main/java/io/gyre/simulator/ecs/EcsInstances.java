package io.gyre.simulator.ecs;

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
import org.jspecify.annotations.Nullable;

/** ECS instances. Each has the account {@code root}, reached by SSH at the port that its tag names. */
@Singleton
public class EcsInstances {
    /** The tag that holds the port, since ECS itself has no field for one. */
    static final String PORT_TAG = "gyre:ssh-port";

    static final String RUNNING = "Running";
    static final String STOPPED = "Stopped";

    private static final String ROOT = "root";
    private static final int MOST_AT_ONCE = 100;
    private static final String SELECT = "SELECT i.*, e.port FROM ecs_instance i JOIN endpoint e USING (instance_id) ";

    private final SimulatorConfig config;
    private final CloudDates dates;
    private final Endpoints endpoints;
    private final HostKeys hostKeys;
    private final SshServers servers;

    EcsInstances(SimulatorConfig config, CloudDates dates, Endpoints endpoints, HostKeys hostKeys, SshServers servers) {
        this.config = config;
        this.dates = dates;
        this.endpoints = endpoints;
        this.hostKeys = hostKeys;
        this.servers = servers;
    }

    private record Instance(
            String id,
            String name,
            String region,
            String imageId,
            String type,
            @Nullable String keyPair,
            String status,
            Instant createdAt,
            String sealedHostKey,
            int port) {
        static Instance read(ResultSet row) throws SQLException {
            return new Instance(
                    row.getString("instance_id"),
                    row.getString("instance_name"),
                    row.getString("region"),
                    row.getString("image_id"),
                    row.getString("instance_type"),
                    row.getString("key_pair_name"),
                    row.getString("status"),
                    Transaction.instant(row, "created_at"),
                    row.getString("sealed_host_key"),
                    row.getInt("port"));
        }
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("RunInstances", this::run),
                new CloudAction("DescribeInstances", this::describe),
                new CloudAction("StartInstance", this::start),
                new CloudAction("StopInstance", this::stop),
                new CloudAction("DeleteInstance", this::delete));
    }

    private ObjectNode run(Transaction transaction, RpcRequest request) {
        String password = orElse(request.text("Password"), "");
        String keyPair = orElse(request.text("KeyPairName"), "");
        LoginKey key = keyPair.isEmpty() ? null : EcsKeyPairs.key(transaction, keyPair);
        int amount = request.integer("Amount", 1, 1, MOST_AT_ONCE);
        ObjectNode answer = Answers.empty();
        var ids = answer.putObject("InstanceIdSets").putArray("InstanceIdSet");
        for (int i = 0; i < amount; i++) {
            String hash = password.isEmpty() ? null : LoginPassword.hash(password);
            ids.add(runOne(transaction, request, hash, keyPair, key));
        }
        return answer;
    }

    private String runOne(
            Transaction transaction,
            RpcRequest request,
            @Nullable String passwordHash,
            String keyPair,
            @Nullable LoginKey key) {
        String id = Identifiers.resource("i-");
        int port = endpoints.allocate(transaction, id);
        String sealedHostKey = hostKeys.create(id);
        transaction.change(
                """
                INSERT INTO ecs_instance (instance_id, instance_name, region, image_id, instance_type, key_pair_name,
                                          status, created_at, sealed_host_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                orElse(request.text("InstanceName"), id),
                orElse(request.text("RegionId"), "cn-hangzhou"),
                orElse(request.text("ImageId"), "simulated"),
                orElse(request.text("InstanceType"), "ecs.simulated.small"),
                keyPair.isEmpty() ? null : keyPair,
                RUNNING,
                dates.instant(),
                sealedHostKey);
        transaction.change(
                "INSERT INTO ecs_account (instance_id, user_name, password_hash) VALUES (?, ?, ?)",
                id,
                ROOT,
                passwordHash);
        if (key != null) {
            transaction.change(
                    "INSERT INTO ecs_authorized_key (instance_id, user_name, public_key) VALUES (?, ?, ?)",
                    id,
                    ROOT,
                    key.line());
        }
        tag(transaction, request, id, port);
        transaction.afterCommit(() -> servers.open(id, port, sealedHostKey));
        return id;
    }

    private static void tag(Transaction transaction, RpcRequest request, String id, int port) {
        String sql = "INSERT INTO ecs_tag (instance_id, tag_key, tag_value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        transaction.change(sql, id, PORT_TAG, Integer.toString(port));
        request.groups("Tag")
                .forEach(
                        tag -> transaction.change(sql, id, tag.getOrDefault("Key", ""), tag.getOrDefault("Value", "")));
    }

    /** An unknown id is no error: the list is empty then. */
    private ObjectNode describe(Transaction transaction, RpcRequest request) {
        String asked = request.text("InstanceIds");
        List<Instance> all = asked == null || asked.isEmpty()
                ? transaction.list(SELECT + "ORDER BY e.port", Instance::read)
                : transaction.list(
                        SELECT + "WHERE i.instance_id = ANY (?) ORDER BY e.port",
                        Instance::read,
                        request.list("InstanceIds"));
        Page page = Page.of(request, 10, 100);
        ObjectNode answer = Answers.empty();
        Answers.list(answer, "Instances", "Instance", page.of(all), instance -> shape(transaction, instance));
        return answer.put("PageNumber", page.number())
                .put("PageSize", page.size())
                .put("TotalCount", all.size());
    }

    private ObjectNode start(Transaction transaction, RpcRequest request) {
        Instance instance = locked(transaction, request);
        if (!instance.status().equals(STOPPED)) {
            throw EcsFaults.incorrectStatus(instance.status());
        }
        become(transaction, instance, RUNNING);
        transaction.afterCommit(() -> servers.open(instance.id(), instance.port(), instance.sealedHostKey()));
        return Answers.empty();
    }

    private ObjectNode stop(Transaction transaction, RpcRequest request) {
        Instance instance = locked(transaction, request);
        if (!instance.status().equals(RUNNING)) {
            throw EcsFaults.incorrectStatus(instance.status());
        }
        become(transaction, instance, STOPPED);
        transaction.afterCommit(() -> servers.close(instance.id()));
        return Answers.empty();
    }

    private ObjectNode delete(Transaction transaction, RpcRequest request) {
        Instance instance = locked(transaction, request);
        if (instance.status().equals(RUNNING) && !request.flag("Force", false)) {
            throw EcsFaults.incorrectStatus(instance.status());
        }
        endpoints.release(transaction, instance.id());
        transaction.change("DELETE FROM ecs_instance WHERE instance_id = ?", instance.id());
        transaction.afterCommit(() -> servers.close(instance.id()));
        return Answers.empty();
    }

    private static Instance locked(Transaction transaction, RpcRequest request) {
        return transaction
                .one(SELECT + "WHERE i.instance_id = ? FOR UPDATE OF i", Instance::read, request.required("InstanceId"))
                .orElseThrow(EcsFaults::noSuchInstance);
    }

    private static void become(Transaction transaction, Instance instance, String status) {
        transaction.change("UPDATE ecs_instance SET status = ? WHERE instance_id = ?", status, instance.id());
    }

    private ObjectNode shape(Transaction transaction, Instance instance) {
        ObjectNode shape = Answers.empty()
                .put("InstanceId", instance.id())
                .put("InstanceName", instance.name())
                .put("RegionId", instance.region())
                .put("ImageId", instance.imageId())
                .put("InstanceType", instance.type())
                .put("OSType", "linux")
                .put("Status", instance.status())
                .put("CreationTime", instance.createdAt().toString());
        if (instance.keyPair() != null) {
            shape.put("KeyPairName", instance.keyPair());
        }
        shape.putObject("PublicIpAddress").putArray("IpAddress").add(config.host());
        List<ObjectNode> tags = transaction.list(
                "SELECT tag_key, tag_value FROM ecs_tag WHERE instance_id = ? ORDER BY tag_key",
                row -> Answers.empty().put("TagKey", row.getString(1)).put("TagValue", row.getString(2)),
                instance.id());
        Answers.list(shape, "Tags", "Tag", tags, tag -> tag);
        return shape;
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null || value.isEmpty() ? fallback : value;
    }
}
