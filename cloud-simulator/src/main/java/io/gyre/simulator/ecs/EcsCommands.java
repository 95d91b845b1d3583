package io.gyre.simulator.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Identifiers;
import io.gyre.simulator.account.Page;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Cloud Assistant: commands for the agents inside of instances, and how they went. */
@Singleton
public class EcsCommands {
    private static final int MOST_INSTANCES = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Invocations invocations;

    EcsCommands(Invocations invocations) {
        this.invocations = invocations;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("InvokeCommand", this::invoke),
                new CloudAction("DescribeInvocationResults", this::results));
    }

    private ObjectNode invoke(Transaction transaction, RpcRequest request) {
        AgentCommand command = AgentCommand.of(request.required("CommandId"));
        List<String> instances = request.list("InstanceId");
        if (instances.isEmpty()) {
            throw GatewayFaults.missing("InstanceId.1");
        }
        if (instances.size() > MOST_INSTANCES) {
            throw EcsFaults.tooManyInstances(MOST_INSTANCES);
        }
        Map<String, String> parameters = parameters(request.text("Parameters"));
        if (!parameters.keySet().equals(command.parameters())) {
            throw EcsFaults.parametersNotMatched(String.join(" and ", new TreeSet<>(command.parameters())));
        }
        String invokeId = Identifiers.resource("t-");
        for (String instance : instances.stream().distinct().toList()) {
            if (!transaction.exists("SELECT 1 FROM ecs_instance WHERE instance_id = ?", instance)) {
                throw EcsFaults.noInstanceToCommand();
            }
            invocations.add(transaction, invokeId, instance, command, parameters);
        }
        return Answers.empty().put("InvokeId", invokeId);
    }

    private static Map<String, String> parameters(@Nullable String json) {
        if (json == null || json.isEmpty()) {
            return Map.of();
        }
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw GatewayFaults.invalid("Parameters", "it must be a JSON object of texts.");
        }
    }

    private ObjectNode results(Transaction transaction, RpcRequest request) {
        String invokeId = given(request, "InvokeId");
        String instance = given(request, "InstanceId");
        String command = given(request, "CommandId");
        boolean plain = given(request, "ContentEncoding").equals("PlainText");
        List<ObjectNode> all = transaction.list(
                """
                SELECT *, begins_at <= clock_timestamp() AS begun FROM ecs_invocation
                 WHERE (? = '' OR invoke_id = ?) AND (? = '' OR instance_id = ?) AND (? = '' OR command_id = ?)
                 ORDER BY due_at DESC, instance_id""", row -> shape(row, plain), invokeId, invokeId, instance, instance, command, command);
        Page page = Page.of(request, 10, 50);
        ObjectNode answer = Answers.empty();
        ObjectNode invocation = answer.putObject("Invocation");
        Answers.list(invocation, "InvocationResults", "InvocationResult", page.of(all), result -> result);
        invocation.put("PageNumber", page.number()).put("PageSize", page.size()).put("TotalCount", all.size());
        return answer;
    }

    private static String given(RpcRequest request, String name) {
        String value = request.text(name);
        return value == null ? "" : value;
    }

    private static ObjectNode shape(ResultSet row, boolean plain) throws SQLException {
        Instant finished = Transaction.instantOrNull(row, "finished_at");
        boolean succeeded = row.getBoolean("succeeded");
        String output = row.getString("output");
        ObjectNode shape = Answers.empty()
                .put("InvokeId", row.getString("invoke_id"))
                .put("InstanceId", row.getString("instance_id"))
                .put("CommandId", row.getString("command_id"))
                .put("Repeats", finished == null ? 0 : 1)
                .put("Dropped", 0)
                .put("ErrorCode", row.getString("error_code"))
                .put("ErrorInfo", row.getString("error_info"))
                .put(
                        "Output",
                        plain ? output : Base64.getEncoder().encodeToString(output.getBytes(StandardCharsets.UTF_8)))
                .put("StartTime", Transaction.instant(row, "created_at").toString())
                .put("Username", "root");
        if (finished == null) {
            String status = row.getBoolean("begun") ? "Running" : "Pending";
            return shape.put("InvocationStatus", status).put("InvokeRecordStatus", "Running");
        }
        int exitCode = row.getInt("exit_code");
        if (!row.wasNull()) {
            shape.put("ExitCode", exitCode);
        }
        return shape.put("InvocationStatus", succeeded ? "Success" : "Failed")
                .put("InvokeRecordStatus", succeeded ? "Finished" : "Failed")
                .put("FinishedTime", finished.toString());
    }
}
