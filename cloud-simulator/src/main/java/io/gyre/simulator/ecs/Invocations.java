package io.gyre.simulator.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.rpc.Undisclosed;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.due.DueLoop;
import io.gyre.simulator.due.DueWork;
import io.gyre.simulator.store.Database;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Commands on their way: accepted, run by the agent once their time has come, kept with their result. */
@Singleton
public class Invocations implements DueWork {
    private static final Logger LOG = System.getLogger(Invocations.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatorConfig config;
    private final Database database;
    private final CloudDates dates;
    private final DueLoop loop;

    Invocations(SimulatorConfig config, Database database, CloudDates dates, DueLoop loop) {
        this.config = config;
        this.database = database;
        this.dates = dates;
        this.loop = loop;
    }

    /** The agent begins after half of the configured delay, and has done after all of it. */
    void add(
            Transaction transaction,
            String invokeId,
            String instance,
            AgentCommand command,
            Map<String, String> parameters) {
        transaction.change(
                """
                INSERT INTO ecs_invocation (invoke_id, instance_id, command_id, parameters, created_at, begins_at, due_at)
                VALUES (?, ?, ?, ?::jsonb, ?, clock_timestamp() + make_interval(secs => ?),
                        clock_timestamp() + make_interval(secs => ?))""",
                invokeId,
                instance,
                command.id(),
                text(parameters),
                dates.instant(),
                config.ecsDelay().dividedBy(2),
                config.ecsDelay());
        transaction.afterCommit(loop::wake);
    }

    private record Due(String invokeId, String instance, AgentCommand command, Map<String, String> parameters) {
        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    row.getString("invoke_id"),
                    row.getString("instance_id"),
                    AgentCommand.of(row.getString("command_id")),
                    map(row.getString("parameters")));
        }
    }

    /** A command that fails unexpectedly has ended as well, so that those behind it have their turn. */
    @Override
    public boolean performNext() {
        Optional<Due> next = database.inTransaction(transaction -> transaction.one("""
                SELECT * FROM ecs_invocation WHERE finished_at IS NULL AND due_at <= clock_timestamp()
                 ORDER BY due_at LIMIT 1""", Due::read));
        next.ifPresent(due -> {
            try {
                database.transact(transaction -> finish(transaction, due, run(transaction, due)));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The command " + due.invokeId() + " failed unexpectedly", Undisclosed.of(e));
                database.transact(transaction -> finish(
                        transaction, due, AgentResult.refused("ExecutionException", "The agent failed inside.")));
            }
        });
        return next.isPresent();
    }

    @Override
    public Optional<Duration> untilNext() {
        return database.inTransaction(
                transaction -> transaction.one("""
                SELECT extract(epoch FROM min(due_at) - clock_timestamp()) * 1000 FROM ecs_invocation
                 WHERE finished_at IS NULL HAVING count(*) > 0""", row -> Duration.ofMillis((long) Math.ceil(row.getDouble(1)))));
    }

    private static AgentResult run(Transaction transaction, Due due) {
        Optional<String> status = transaction.one(
                "SELECT status FROM ecs_instance WHERE instance_id = ? FOR UPDATE",
                row -> row.getString(1),
                due.instance());
        if (status.isEmpty()) {
            return AgentResult.refused("InstanceReleased", "The instance was released.");
        }
        if (!status.get().equals(EcsInstances.RUNNING)) {
            return AgentResult.refused("InstanceNotRunning", "The instance is not in Running status.");
        }
        return due.command().run(transaction, due.instance(), due.parameters());
    }

    private void finish(Transaction transaction, Due due, AgentResult result) {
        transaction.change(
                """
                UPDATE ecs_invocation SET finished_at = ?, succeeded = ?, exit_code = ?, error_code = ?,
                       error_info = ?, output = ?
                 WHERE invoke_id = ? AND instance_id = ?""",
                dates.instant(),
                result.succeeded(),
                result.exitCode(),
                result.errorCode(),
                result.errorInfo(),
                result.output(),
                due.invokeId(),
                due.instance());
    }

    private static String text(Map<String, String> parameters) {
        try {
            return JSON.writeValueAsString(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts could not be written as JSON", e);
        }
    }

    private static Map<String, String> map(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the parameters of a command are no longer readable", e);
        }
    }
}
