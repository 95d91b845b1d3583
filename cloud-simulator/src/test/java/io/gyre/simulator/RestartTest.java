package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.PostgresResource;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restart finds everything, at the same ports, and does what was asked for before it. */
@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class RestartTest {
    private static final String RAM = "2015-05-01";
    private static final String RDS = "2014-08-15";
    private static final String ECS = "2014-05-26";
    private static final String PASSWORD = "First-Password-1";
    private static final String OTHER = "Second-Password-2";

    @Inject
    Cloud cloud;

    @Inject
    Simulator simulator;

    private JsonNode call(String version, String action, Map<String, String> parameters) {
        return cloud.call(cloud.account(), version, action, parameters);
    }

    private void restart(Runnable whileItIsDown) throws InterruptedException {
        simulator.close();
        whileItIsDown.run();
        simulator.open();
    }

    private static void login(String port, String password) throws SQLException {
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "app", password)
                .close();
    }

    private String accountStatus(String instance) {
        return call(RDS, "DescribeAccounts", Map.of("DBInstanceId", instance))
                .at("/Accounts/DBInstanceAccount/0/AccountStatus")
                .asText();
    }

    private String aDatabaseInstance() {
        String instance = call(RDS, "CreateDBInstance", Map.of("Engine", "PostgreSQL"))
                .path("DBInstanceId")
                .asText();
        Cloud.await(() -> call(RDS, "DescribeDBInstances", Map.of("DBInstanceId", instance))
                .at("/Items/DBInstance/0/DBInstanceStatus")
                .asText()
                .equals("Running"));
        return instance;
    }

    private String port(String instance) {
        return call(RDS, "DescribeDBInstanceAttribute", Map.of("DBInstanceId", instance))
                .at("/Items/DBInstanceAttribute/0/Port")
                .asText();
    }

    @Test
    void aKeyIsStillKnown() throws InterruptedException {
        call(RAM, "CreateUser", Map.of("UserName", "restarted"));
        JsonNode made =
                call(RAM, "CreateAccessKey", Map.of("UserName", "restarted")).path("AccessKey");
        RpcCredentials key = new RpcCredentials(
                made.path("AccessKeyId").asText(),
                SecretText.of(made.path("AccessKeySecret").asText()));

        restart(() -> {});

        Cloud.await(() -> {
            try {
                return cloud.whoIs(key).has("Arn");
            } catch (RpcFault notYet) {
                return false;
            }
        });
    }

    @Test
    void aPasswordThatWasResetBeforeIsChangedAfterwards() throws InterruptedException {
        String instance = aDatabaseInstance();
        String port = port(instance);
        call(RDS, "CreateAccount", Map.of("DBInstanceId", instance, "AccountName", "app", "AccountPassword", PASSWORD));
        Cloud.await(() -> accountStatus(instance).equals("Available"));
        call(
                RDS,
                "ResetAccountPassword",
                Map.of("DBInstanceId", instance, "AccountName", "app", "AccountPassword", OTHER));
        cloud.database.transact(transaction -> transaction.change(
                "UPDATE rds_change SET due_at = clock_timestamp() + interval '1 hour' WHERE instance_id = ?",
                instance));

        restart(() -> assertFalse(LoopbackPort.answers(Integer.parseInt(port))));

        assertEquals("Unavailable", accountStatus(instance));
        assertEquals(port, port(instance));
        assertDoesNotThrow(() -> login(port, PASSWORD));
        cloud.database.transact(transaction ->
                transaction.change("UPDATE rds_change SET due_at = clock_timestamp() WHERE instance_id = ?", instance));
        Cloud.await(() -> accountStatus(instance).equals("Available"));
        assertDoesNotThrow(() -> login(port, OTHER));
    }

    @Test
    void anInstanceHasItsPortItsHostKeyAndItsCommands() throws InterruptedException {
        KeyPair added = Ssh.rsa();
        String instance = call(ECS, "RunInstances", Map.of("Password", PASSWORD))
                .at("/InstanceIdSets/InstanceIdSet/0")
                .asText();
        String tag = call(ECS, "DescribeInstances", Map.of("InstanceIds", "[\"" + instance + "\"]"))
                .at("/Instances/Instance/0/Tags/Tag/0/TagValue")
                .asText();
        int port = Integer.parseInt(tag);
        String hostKey = Ssh.hostKey(port);
        String invokeId = call(
                        ECS,
                        "InvokeCommand",
                        Map.of(
                                "RegionId",
                                "cn-hangzhou",
                                "CommandId",
                                "cmd-ACS-KMS-RotateECSSecretAddKey",
                                "InstanceId.1",
                                instance,
                                "Parameters",
                                "{\"UserName\":\"root\",\"PublicKey\":\"" + Ssh.line(added) + "\"}"))
                .path("InvokeId")
                .asText();

        restart(() -> assertFalse(LoopbackPort.answers(port)));

        assertEquals(hostKey, Ssh.hostKey(port));
        assertTrue(Ssh.opens(port, "root", PASSWORD));
        Cloud.await(
                () -> call(ECS, "DescribeInvocationResults", Map.of("RegionId", "cn-hangzhou", "InvokeId", invokeId))
                        .at("/Invocation/InvocationResults/InvocationResult/0/InvocationStatus")
                        .asText()
                        .equals("Success"));
        assertTrue(Ssh.opens(port, "root", added));
    }
}
