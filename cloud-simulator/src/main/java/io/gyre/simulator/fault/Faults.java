package io.gyre.simulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The faults that were asked for, each for a number of calls. */
@Singleton
public class Faults {
    public static final String PRODUCT = "Simulator";
    public static final String VERSION = "2026-11-01";

    private static final int LONGEST_DELAY_MILLIS = 10 * 60 * 1000;

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("InjectFault", this::inject),
                new CloudAction("ListFaults", this::list),
                new CloudAction("ClearFaults", this::clear));
    }

    /** What this call must suffer; the fault is used up by one. Calls of the fault API itself never suffer. */
    public Optional<Fault> take(Transaction transaction, RpcRequest request) {
        if (request.product().equals(PRODUCT)) {
            return Optional.empty();
        }
        Optional<Taken> taken = transaction.one(
                """
                SELECT id, remaining, kind, after_work, delay_millis, http_status, code, message FROM fault
                 WHERE product = ? AND action = ? AND (resource IS NULL OR resource = ANY (?))
                 ORDER BY id LIMIT 1 FOR UPDATE""",
                Faults::taken,
                request.product(),
                request.action(),
                List.copyOf(request.business().values()));
        taken.ifPresent(fault -> {
            if (fault.remaining == 1) {
                transaction.change("DELETE FROM fault WHERE id = ?", fault.id);
            } else {
                transaction.change("UPDATE fault SET remaining = remaining - 1 WHERE id = ?", fault.id);
            }
        });
        return taken.map(Taken::fault);
    }

    private record Taken(long id, int remaining, Fault fault) {}

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getLong("id"),
                row.getInt("remaining"),
                new Fault(
                        Fault.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getBoolean("after_work"),
                        Duration.ofMillis(row.getInt("delay_millis")),
                        new RpcFault(row.getInt("http_status"), row.getString("code"), row.getString("message"))));
    }

    private ObjectNode inject(Transaction transaction, RpcRequest request) {
        Fault.Kind kind = kind(request.required("Kind"));
        String code = kind == Fault.Kind.ERROR ? request.required("Code") : "";
        String message = request.text("Message");
        String resource = request.text("Resource");
        return transaction
                .one(
                        """
                        INSERT INTO fault (product, action, resource, kind, after_work, delay_millis, http_status, code,
                                           message, remaining)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                        row -> Answers.empty().put("FaultId", row.getString("id")),
                        request.required("TargetProduct"),
                        request.required("TargetAction"),
                        resource == null || resource.isEmpty() ? null : resource,
                        kind.wire(),
                        request.flag("AfterWork", false),
                        request.integer("DelayMillis", 0, 0, LONGEST_DELAY_MILLIS),
                        request.integer("HttpStatus", 500, 400, 599),
                        code,
                        message == null ? "A fault that was asked for." : message,
                        request.integer("Count", 1, 1, Integer.MAX_VALUE))
                .orElseThrow();
    }

    private static Fault.Kind kind(String wire) {
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (kind.wire().equals(wire)) {
                return kind;
            }
        }
        throw GatewayFaults.invalid("Kind", "it must be Delay, Error, Drop or Hang.");
    }

    private ObjectNode list(Transaction transaction, RpcRequest request) {
        ObjectNode answer = Answers.empty();
        List<ObjectNode> faults = transaction.list("SELECT * FROM fault ORDER BY id", row -> Answers.empty()
                .put("FaultId", row.getString("id"))
                .put("TargetProduct", row.getString("product"))
                .put("TargetAction", row.getString("action"))
                .put("Resource", row.getString("resource"))
                .put("Kind", row.getString("kind"))
                .put("AfterWork", row.getBoolean("after_work"))
                .put("Remaining", row.getInt("remaining")));
        Answers.list(answer, "Faults", "Fault", faults, fault -> fault);
        return answer;
    }

    private ObjectNode clear(Transaction transaction, RpcRequest request) {
        return Answers.empty().put("Cleared", transaction.change("DELETE FROM fault"));
    }
}
