package io.gyre.simulator.rds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Page;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Database accounts. A change is accepted at once and takes its time; until then the account is not Available. */
@Singleton
public class RdsAccounts {
    private static final int LIMIT = 200;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}[a-z0-9]");
    private static final Set<String> RESERVED =
            Set.of("postgres", "root", "admin", "public", "replicator", "aurora", "cloud", "eagleye", "none");
    private static final String DATABASE = "postgres";

    private final RdsChanges changes;

    RdsAccounts(RdsChanges changes) {
        this.changes = changes;
    }

    private record Account(String instance, String name, String type, String description, String status) {
        static Account read(ResultSet row) throws SQLException {
            return new Account(
                    row.getString("instance_id"),
                    row.getString("account_name"),
                    row.getString("account_type"),
                    row.getString("description"),
                    row.getString("status"));
        }
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("CreateAccount", this::create),
                new CloudAction("DescribeAccounts", this::describe),
                new CloudAction("ResetAccountPassword", this::resetPassword),
                new CloudAction("GrantAccountPrivilege", this::grant),
                new CloudAction("DeleteAccount", this::delete));
    }

    private ObjectNode create(Transaction transaction, RpcRequest request) {
        String instance = running(transaction, request);
        String name = request.required("AccountName");
        if (!NAME.matcher(name).matches() || RESERVED.contains(name) || name.startsWith("pg_")) {
            throw RdsFaults.accountNameForbidden();
        }
        String verifier = AccountPassword.verifier(request.required("AccountPassword"));
        List<Account> existing = all(transaction, instance);
        if (existing.stream().anyMatch(account -> account.name().equals(name))) {
            throw RdsFaults.accountExists();
        }
        if (existing.size() >= LIMIT) {
            throw RdsFaults.tooManyAccounts(LIMIT);
        }
        String description = request.text("AccountDescription");
        transaction.change(
                """
                INSERT INTO rds_account (instance_id, account_name, account_type, description, status)
                VALUES (?, ?, ?, ?, 'Creating')""", instance, name, type(request.text("AccountType")), description == null ? "" : description);
        changes.add(transaction, RdsChange.of(RdsChange.Kind.CREATE_ACCOUNT, instance, name, verifier));
        return Answers.empty();
    }

    private static String type(@Nullable String given) {
        if (given == null || given.isEmpty() || given.equals("Normal")) {
            return "Normal";
        }
        if (given.equals("Super")) {
            return "Super";
        }
        throw GatewayFaults.invalid("AccountType", "it must be Normal or Super.");
    }

    private ObjectNode describe(Transaction transaction, RpcRequest request) {
        String instance = request.required("DBInstanceId");
        if (!transaction.exists("SELECT 1 FROM rds_instance WHERE instance_id = ?", instance)) {
            throw RdsFaults.noSuchInstanceId();
        }
        String name = request.text("AccountName");
        List<Account> all = all(transaction, instance).stream()
                .filter(account ->
                        name == null || name.isEmpty() || account.name().equals(name))
                .toList();
        Page page = Page.of(request, 500, Integer.MAX_VALUE);
        ObjectNode answer = Answers.empty();
        Answers.list(answer, "Accounts", "DBInstanceAccount", page.of(all), account -> shape(transaction, account));
        return answer.put("PageNumber", page.number()).put("TotalRecordCount", all.size());
    }

    private ObjectNode resetPassword(Transaction transaction, RpcRequest request) {
        String instance = running(transaction, request);
        Account account = available(transaction, instance, request);
        String verifier = AccountPassword.verifier(request.required("AccountPassword"));
        busy(transaction, account);
        changes.add(transaction, RdsChange.of(RdsChange.Kind.RESET_PASSWORD, instance, account.name(), verifier));
        return Answers.empty();
    }

    private ObjectNode grant(Transaction transaction, RpcRequest request) {
        String instance = running(transaction, request);
        Account account = available(transaction, instance, request);
        if (account.type().equals("Super")) {
            throw RdsFaults.superAccount();
        }
        List<String> databases = List.of(request.required("DBName").split(",", -1));
        List<String> privileges = List.of(request.required("AccountPrivilege").split(",", -1));
        if (!databases.equals(List.of(DATABASE))) {
            throw RdsFaults.noSuchDatabase();
        }
        if (privileges.size() != databases.size()) {
            throw RdsFaults.unknownPrivilege();
        }
        busy(transaction, account);
        changes.add(
                transaction,
                new RdsChange(
                        RdsChange.Kind.GRANT_PRIVILEGE,
                        instance,
                        account.name(),
                        null,
                        DATABASE,
                        Privilege.of(privileges.get(0)).wire()));
        return Answers.empty();
    }

    private ObjectNode delete(Transaction transaction, RpcRequest request) {
        String instance = running(transaction, request);
        Account account = available(transaction, instance, request);
        busy(transaction, account);
        changes.add(transaction, RdsChange.of(RdsChange.Kind.DELETE_ACCOUNT, instance, account.name(), null));
        return Answers.empty();
    }

    /** The instance's row is locked until the transaction ends, so its accounts change one after the other. */
    private static String running(Transaction transaction, RpcRequest request) {
        RdsInstances.Instance instance = RdsInstances.locked(transaction, request.required("DBInstanceId"))
                .orElseThrow(RdsFaults::noSuchInstanceId);
        if (!instance.status().equals("Running")) {
            throw RdsFaults.instanceNotRunning(instance.status());
        }
        return instance.id();
    }

    private static Account available(Transaction transaction, String instance, RpcRequest request) {
        String name = request.required("AccountName");
        Account account = transaction
                .one(
                        "SELECT * FROM rds_account WHERE instance_id = ? AND account_name = ?",
                        Account::read,
                        instance,
                        name)
                .orElseThrow(RdsFaults::noSuchAccount);
        if (!account.status().equals("Available")) {
            throw RdsFaults.accountBusy(account.status());
        }
        return account;
    }

    private static void busy(Transaction transaction, Account account) {
        transaction.change(
                "UPDATE rds_account SET status = 'Unavailable' WHERE instance_id = ? AND account_name = ?",
                account.instance(),
                account.name());
    }

    private static List<Account> all(Transaction transaction, String instance) {
        return transaction.list(
                "SELECT * FROM rds_account WHERE instance_id = ? ORDER BY account_name", Account::read, instance);
    }

    private static ObjectNode shape(Transaction transaction, Account account) {
        List<ObjectNode> privileges = transaction.list(
                """
                SELECT db_name, privilege FROM rds_privilege
                 WHERE instance_id = ? AND account_name = ? ORDER BY db_name""",
                row -> Answers.empty()
                        .put("DBName", row.getString("db_name"))
                        .put("AccountPrivilege", row.getString("privilege"))
                        .put("AccountPrivilegeDetail", row.getString("privilege")),
                account.instance(),
                account.name());
        ObjectNode shape = Answers.empty()
                .put("DBInstanceId", account.instance())
                .put("AccountName", account.name())
                .put("AccountStatus", account.status())
                .put("AccountType", account.type())
                .put("AccountDescription", account.description())
                .put("PrivExceeded", "0");
        Answers.list(shape, "DatabasePrivileges", "DatabasePrivilege", privileges, privilege -> privilege);
        return shape;
    }
}
