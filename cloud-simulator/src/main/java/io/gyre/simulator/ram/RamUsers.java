package io.gyre.simulator.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Identifiers;
import io.gyre.simulator.account.Policies;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** RAM users. */
@Singleton
public class RamUsers {
    private static final int NAME_LIMIT = 64;
    private static final int LARGEST_PAGE = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final CloudDates dates;

    RamUsers(CloudDates dates) {
        this.dates = dates;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("CreateUser", this::create),
                new CloudAction("GetUser", this::get),
                new CloudAction("ListUsers", this::list),
                new CloudAction("DeleteUser", this::delete));
    }

    /**
     * The user that a request is about: by name, or the caller himself where he is a RAM user and gives none. Its row is
     * locked, so that what is counted next cannot change.
     */
    static String locked(Transaction transaction, RpcRequest request) {
        String given = request.text("UserName");
        String name = (given == null || given.isEmpty()) && !Policies.isAccount(request.caller())
                ? Policies.userName(request.caller())
                : request.required("UserName");
        return transaction
                .one("SELECT user_name FROM ram_user WHERE user_name = ? FOR UPDATE", row -> row.getString(1), name)
                .orElseThrow(RamFaults::noSuchUser);
    }

    private ObjectNode create(Transaction transaction, RpcRequest request) {
        String name = request.required("UserName");
        if (name.length() > NAME_LIMIT) {
            throw RamFaults.userNameLength();
        }
        if (!NAME.matcher(name).matches()) {
            throw RamFaults.userNameCharacters();
        }
        Instant now = dates.instant();
        int created = transaction.change(
                """
                INSERT INTO ram_user (user_name, user_id, display_name, mobile_phone, email, comments, created_at,
                                      updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_name) DO NOTHING""",
                name,
                Identifiers.userId(),
                given(request, "DisplayName"),
                given(request, "MobilePhone"),
                given(request, "Email"),
                given(request, "Comments"),
                now,
                now);
        if (created == 0) {
            throw RamFaults.userExists();
        }
        return one(transaction, name);
    }

    private static String given(RpcRequest request, String parameter) {
        String value = request.text(parameter);
        return value == null ? "" : value;
    }

    private ObjectNode get(Transaction transaction, RpcRequest request) {
        return one(transaction, locked(transaction, request));
    }

    private ObjectNode one(Transaction transaction, String name) {
        ObjectNode answer = Answers.empty();
        answer.set(
                "User",
                transaction
                        .one("SELECT * FROM ram_user WHERE user_name = ?", RamUsers::shape, name)
                        .orElseThrow(RamFaults::noSuchUser));
        return answer;
    }

    /** The Marker of the next page is the last name of this one. */
    private ObjectNode list(Transaction transaction, RpcRequest request) {
        int most = request.integer("MaxItems", 100, 1, LARGEST_PAGE);
        List<ObjectNode> found = transaction.list(
                "SELECT * FROM ram_user WHERE user_name COLLATE \"C\" > ? ORDER BY user_name COLLATE \"C\" LIMIT ?",
                RamUsers::shape,
                given(request, "Marker"),
                most + 1);
        boolean more = found.size() > most;
        List<ObjectNode> page = more ? found.subList(0, most) : found;
        ObjectNode answer = Answers.empty().put("IsTruncated", more);
        if (more) {
            answer.put("Marker", page.get(most - 1).path("UserName").asText());
        }
        Answers.list(answer, "Users", "User", page, user -> user);
        return answer;
    }

    private ObjectNode delete(Transaction transaction, RpcRequest request) {
        request.required("UserName");
        String name = locked(transaction, request);
        if (transaction.exists("SELECT 1 FROM ram_access_key WHERE user_name = ?", name)) {
            throw RamFaults.userHasAccessKeys();
        }
        if (transaction.exists("SELECT 1 FROM ram_policy_attachment WHERE user_name = ?", name)) {
            throw RamFaults.userHasPolicies();
        }
        transaction.change("DELETE FROM ram_user WHERE user_name = ?", name);
        return Answers.empty();
    }

    private static ObjectNode shape(ResultSet row) throws SQLException {
        return Answers.empty()
                .put("UserId", row.getString("user_id"))
                .put("UserName", row.getString("user_name"))
                .put("DisplayName", row.getString("display_name"))
                .put("MobilePhone", row.getString("mobile_phone"))
                .put("Email", row.getString("email"))
                .put("Comments", row.getString("comments"))
                .put("CreateDate", Transaction.instant(row, "created_at").toString())
                .put("UpdateDate", Transaction.instant(row, "updated_at").toString());
    }
}
