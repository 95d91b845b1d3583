package io.gyre.simulator;

import static io.gyre.simulator.Cloud.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.rds20140815.Client;
import com.aliyun.rds20140815.models.CreateAccountRequest;
import com.aliyun.rds20140815.models.CreateDBInstanceRequest;
import com.aliyun.rds20140815.models.DeleteAccountRequest;
import com.aliyun.rds20140815.models.DeleteDBInstanceRequest;
import com.aliyun.rds20140815.models.DescribeAccountsRequest;
import com.aliyun.rds20140815.models.DescribeAccountsResponseBody.DescribeAccountsResponseBodyAccountsDBInstanceAccount;
import com.aliyun.rds20140815.models.DescribeDBInstanceAttributeRequest;
import com.aliyun.rds20140815.models.DescribeDBInstancesRequest;
import com.aliyun.rds20140815.models.GrantAccountPrivilegeRequest;
import com.aliyun.rds20140815.models.ResetAccountPasswordRequest;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class RdsTest {
    private static final String PASSWORD = "First-Password-1";
    private static final String OTHER = "Second_Password=2";
    private static final String WRONG_PASSWORD = "28P01";

    @Inject
    Cloud cloud;

    private Client rds;
    private String instance;
    private int port;

    @BeforeEach
    void anInstance() throws Exception {
        rds = cloud.rds();
        instance = create();
        Cloud.await(() -> attribute(instance).DBInstanceStatus.equals("Running"));
        port = Integer.parseInt(attribute(instance).port);
    }

    private String create() throws Exception {
        return rds.createDBInstance(new CreateDBInstanceRequest()
                        .setRegionId("cn-hangzhou")
                        .setEngine("PostgreSQL")
                        .setEngineVersion("18.0")
                        .setDBInstanceDescription("orders")
                        .setDBInstanceClass("pg.n2.1c.1m")
                        .setDBInstanceStorage(20)
                        .setDBInstanceNetType("Intranet")
                        .setSecurityIPList("127.0.0.1")
                        .setPayType("Postpaid"))
                .getBody()
                .getDBInstanceId();
    }

    private com.aliyun.rds20140815.models.DescribeDBInstanceAttributeResponseBody
                    .DescribeDBInstanceAttributeResponseBodyItemsDBInstanceAttribute
            attribute(String id) throws Exception {
        return rds.describeDBInstanceAttribute(new DescribeDBInstanceAttributeRequest().setDBInstanceId(id))
                .getBody()
                .items
                .DBInstanceAttribute
                .get(0);
    }

    private List<DescribeAccountsResponseBodyAccountsDBInstanceAccount> accounts(String name) throws Exception {
        return rds.describeAccounts(
                        new DescribeAccountsRequest().setDBInstanceId(instance).setAccountName(name))
                .getBody()
                .accounts
                .DBInstanceAccount;
    }

    private void becomesAvailable(String name) {
        Cloud.await(() -> accounts(name).get(0).accountStatus.equals("Available"));
    }

    private CreateAccountRequest creation(String name, String password) {
        return new CreateAccountRequest()
                .setDBInstanceId(instance)
                .setAccountName(name)
                .setAccountPassword(password);
    }

    private ResetAccountPasswordRequest reset(String name, String password) {
        return new ResetAccountPasswordRequest()
                .setDBInstanceId(instance)
                .setAccountName(name)
                .setAccountPassword(password);
    }

    private void anAccount(String name) throws Exception {
        rds.createAccount(creation(name, PASSWORD));
        becomesAvailable(name);
    }

    private Connection login(int at, String name, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + at + "/postgres", name, password);
    }

    private void assertLoginRefused(String state, int at, String name, String password) {
        SQLException refusal =
                assertThrows(SQLException.class, () -> login(at, name, password).close());
        assertEquals(state, refusal.getSQLState());
    }

    private void changesAreDue(String when) {
        cloud.database.transact(transaction ->
                transaction.change("UPDATE rds_change SET due_at = " + when + " WHERE instance_id = ?", instance));
    }

    @Test
    void anInstanceSaysWhereItIs() throws Exception {
        var attribute = attribute(instance);
        assertEquals("127.0.0.1", attribute.connectionString);
        assertEquals("PostgreSQL", attribute.engine);
        assertEquals("18.0", attribute.engineVersion);
        var listed = rds.describeDBInstances(new DescribeDBInstancesRequest().setDBInstanceId(instance))
                .getBody();
        assertEquals(1, listed.totalRecordCount);
        assertEquals("orders", listed.items.DBInstance.get(0).DBInstanceDescription);
    }

    @Test
    void anAccountLogsInWithItsPasswordAndNoOther() throws Exception {
        anAccount("app");

        try (Connection connection = login(port, "app", PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_database(), session_user")) {
            assertTrue(row.next());
            assertEquals(instance, row.getString(1));
            assertEquals(instance + "/app", row.getString(2));
        }
        assertLoginRefused(WRONG_PASSWORD, port, "app", OTHER);
        assertLoginRefused(WRONG_PASSWORD, port, "nobody", PASSWORD);
    }

    @Test
    void anAccountOfAnotherInstanceIsRefused() throws Exception {
        anAccount("app");
        String other = create();
        Cloud.await(() -> attribute(other).DBInstanceStatus.equals("Running"));

        assertLoginRefused(WRONG_PASSWORD, Integer.parseInt(attribute(other).port), "app", PASSWORD);
    }

    @Test
    void anotherDatabaseThanItsOwnDoesNotExist() throws Exception {
        anAccount("app");
        SQLException refusal = assertThrows(SQLException.class, () -> DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/template1", "app", PASSWORD)
                .close());
        assertEquals("3D000", refusal.getSQLState());
    }

    @Test
    void aResetTakesItsTimeAndThenTheOldPasswordIsRefused() throws Exception {
        anAccount("app");
        rds.resetAccountPassword(reset("app", OTHER));
        changesAreDue("clock_timestamp() + interval '1 hour'");
        assertEquals("Unavailable", accounts("app").get(0).accountStatus);
        assertDoesNotThrow(() -> login(port, "app", PASSWORD).close());
        assertRefused(400, "IncorrectAccountStatus", () -> rds.resetAccountPassword(reset("app", PASSWORD)));

        changesAreDue("clock_timestamp()");
        becomesAvailable("app");

        assertDoesNotThrow(() -> login(port, "app", OTHER).close());
        assertLoginRefused(WRONG_PASSWORD, port, "app", PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sh0rt!", "alllowercaseletters", "ONLYUPPER123", "With a blank 1A", "Ümlaut-Password-1"})
    void aPasswordAgainstTheRulesIsRefused(String password) throws Exception {
        anAccount("app");
        assertRefused(400, "InvalidAccountPassword.Format", () -> rds.resetAccountPassword(reset("app", password)));
        assertRefused(400, "InvalidAccountPassword.Format", () -> rds.createAccount(creation("second", password)));
        assertDoesNotThrow(() -> login(port, "app", PASSWORD).close());
    }

    @Test
    void impossibleAccountsAreRefused() throws Exception {
        anAccount("app");
        assertRefused(400, "InvalidAccountName.Duplicate", () -> rds.createAccount(creation("app", PASSWORD)));
        assertRefused(400, "InvalidAccountName.Forbid", () -> rds.createAccount(creation("postgres", PASSWORD)));
        assertRefused(400, "InvalidAccountName.Forbid", () -> rds.createAccount(creation("a\"b", PASSWORD)));
        assertRefused(404, "InvalidAccountName.NotFound", () -> rds.resetAccountPassword(reset("nobody", PASSWORD)));
        assertEquals(List.of(), accounts("nobody"));
    }

    @Test
    void anUnknownInstanceIsRefused() {
        assertRefused(
                400,
                "InvalidDBInstanceId.NotFound",
                () -> rds.describeAccounts(new DescribeAccountsRequest().setDBInstanceId("rm-none")));
        assertRefused(404, "InvalidDBInstanceName.NotFound", () -> attribute("rm-none"));
    }

    @Test
    void aPrivilegeIsGrantedForReal() throws Exception {
        anAccount("reader");
        cloud.rds()
                .grantAccountPrivilege(new GrantAccountPrivilegeRequest()
                        .setDBInstanceId(instance)
                        .setAccountName("reader")
                        .setDBName("postgres")
                        .setAccountPrivilege("ReadWrite"));
        becomesAvailable("reader");

        try (Connection connection = login(port, "reader", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id integer)");
        }
        var privilege =
                accounts("reader").get(0).databasePrivileges.databasePrivilege.get(0);
        assertEquals("ReadWrite", privilege.accountPrivilege);
        assertRefused(
                400,
                "InvalidAccountPrivilege.Malformed",
                () -> rds.grantAccountPrivilege(new GrantAccountPrivilegeRequest()
                        .setDBInstanceId(instance)
                        .setAccountName("reader")
                        .setDBName("postgres")
                        .setAccountPrivilege("Everything")));
    }

    @Test
    void aDeletedAccountLeavesNothingAndMayComeAgain() throws Exception {
        anAccount("app");
        rds.deleteAccount(new DeleteAccountRequest().setDBInstanceId(instance).setAccountName("app"));
        Cloud.await(() -> accounts("app").isEmpty());
        assertLoginRefused(WRONG_PASSWORD, port, "app", PASSWORD);

        anAccount("app");

        assertDoesNotThrow(() -> login(port, "app", PASSWORD).close());
    }

    @Test
    void aDeletedInstanceIsGone() throws Exception {
        anAccount("app");
        rds.deleteDBInstance(new DeleteDBInstanceRequest().setDBInstanceId(instance));

        Cloud.await(() -> rds.describeDBInstances(new DescribeDBInstancesRequest().setDBInstanceId(instance))
                        .getBody()
                        .totalRecordCount
                == 0);

        assertTrue(!LoopbackPort.answers(port), "nobody listens at its port");
    }

    @Test
    void aQueryCanBeCancelled() throws Exception {
        anAccount("app");
        try (Connection connection = login(port, "app", PASSWORD);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Boolean> query = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT pg_sleep(600)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e.getSQLState(), e);
                }
            });
            // A driver asks once only, and a server that has not begun would not hear it.
            Cloud.await(() -> cloud.database.inTransaction(transaction -> transaction.exists(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = ? AND wait_event = 'PgSleep'", instance)));

            statement.cancel();

            ExecutionException ended = assertThrows(ExecutionException.class, query::get);
            assertEquals("57014", ended.getCause().getMessage());
        }
    }
}
