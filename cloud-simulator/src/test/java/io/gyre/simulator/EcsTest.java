package io.gyre.simulator;

import static io.gyre.simulator.Cloud.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.DeleteInstanceRequest;
import com.aliyun.ecs20140526.models.DescribeInstancesRequest;
import com.aliyun.ecs20140526.models.DescribeInstancesResponseBody.DescribeInstancesResponseBodyInstancesInstance;
import com.aliyun.ecs20140526.models.DescribeInvocationResultsRequest;
import com.aliyun.ecs20140526.models.DescribeInvocationResultsResponseBody.DescribeInvocationResultsResponseBodyInvocationInvocationResultsInvocationResult;
import com.aliyun.ecs20140526.models.DescribeKeyPairsRequest;
import com.aliyun.ecs20140526.models.ImportKeyPairRequest;
import com.aliyun.ecs20140526.models.InvokeCommandRequest;
import com.aliyun.ecs20140526.models.RunInstancesRequest;
import com.aliyun.ecs20140526.models.StartInstanceRequest;
import com.aliyun.ecs20140526.models.StopInstanceRequest;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class EcsTest {
    private static final String PASSWORD = "First-Password-1";
    private static final String OTHER = "Second-Password-2";
    private static final String ADD_KEY = "cmd-ACS-KMS-RotateECSSecretAddKey";
    private static final String REMOVE_KEY = "cmd-ACS-KMS-RotateECSSecretRemoveKey";
    private static final String SET_PASSWORD = "cmd-ACS-KMS-RotateECSSecretSetPassword";

    private static int pairs;

    @Inject
    Cloud cloud;

    private Client ecs;
    private final KeyPair key = Ssh.rsa();
    private String instance;
    private int port;

    @BeforeEach
    void anInstance() throws Exception {
        ecs = cloud.ecs();
        String pair = "pair-" + ++pairs;
        ecs.importKeyPair(new ImportKeyPairRequest()
                .setRegionId("cn-hangzhou")
                .setKeyPairName(pair)
                .setPublicKeyBody(Ssh.line(key) + " somebody@somewhere"));
        instance = ecs.runInstances(new RunInstancesRequest()
                        .setRegionId("cn-hangzhou")
                        .setInstanceName("web")
                        .setImageId("debian")
                        .setInstanceType("ecs.t6")
                        .setKeyPairName(pair)
                        .setPassword(PASSWORD))
                .getBody()
                .instanceIdSets
                .instanceIdSet
                .get(0);
        port = port();
    }

    private List<DescribeInstancesResponseBodyInstancesInstance> described(String id) throws Exception {
        return ecs.describeInstances(new DescribeInstancesRequest()
                        .setRegionId("cn-hangzhou")
                        .setInstanceIds("[\"" + id + "\"]"))
                .getBody()
                .instances
                .instance;
    }

    private int port() throws Exception {
        var described = described(instance).get(0);
        assertEquals("127.0.0.1", described.publicIpAddress.ipAddress.get(0));
        return described.tags.tag.stream()
                .filter(tag -> tag.tagKey.equals("gyre:ssh-port"))
                .map(tag -> Integer.parseInt(tag.tagValue))
                .findFirst()
                .orElseThrow();
    }

    private String invoke(String command, Map<String, String> parameters) throws Exception {
        InvokeCommandRequest request = new InvokeCommandRequest()
                .setRegionId("cn-hangzhou")
                .setCommandId(command)
                .setInstanceId(List.of(instance));
        request.setParameters(parameters);
        return ecs.invokeCommand(request).getBody().invokeId;
    }

    private DescribeInvocationResultsResponseBodyInvocationInvocationResultsInvocationResult result(String invokeId)
            throws Exception {
        return ecs.describeInvocationResults(new DescribeInvocationResultsRequest()
                        .setRegionId("cn-hangzhou")
                        .setInvokeId(invokeId)
                        .setInstanceId(instance))
                .getBody()
                .invocation
                .invocationResults
                .invocationResult
                .get(0);
    }

    private DescribeInvocationResultsResponseBodyInvocationInvocationResultsInvocationResult finished(
            String command, Map<String, String> parameters) throws Exception {
        String invokeId = invoke(command, parameters);
        Cloud.await(() -> List.of("Success", "Failed").contains(result(invokeId).invocationStatus));
        return result(invokeId);
    }

    @Test
    void anInstanceIsDescribedAndAnUnknownOneIsNoError() throws Exception {
        var described = described(instance).get(0);
        assertEquals("Running", described.status);
        assertEquals("web", described.instanceName);
        assertEquals("pair-" + pairs, described.keyPairName);
        assertEquals(List.of(), described("i-none"));
    }

    @Test
    void keyPairsAreListedAndRubbishIsRefused() throws Exception {
        var listed = ecs.describeKeyPairs(
                        new DescribeKeyPairsRequest().setRegionId("cn-hangzhou").setKeyPairName("pair-" + pairs))
                .getBody();
        assertEquals(1, listed.totalCount);
        assertTrue(listed.keyPairs.keyPair.get(0).keyPairFingerPrint.matches("[0-9a-f]{32}"));
        assertRefused(
                400,
                "InvalidPublicKeyBody.Malformed",
                () -> ecs.importKeyPair(new ImportKeyPairRequest()
                        .setRegionId("cn-hangzhou")
                        .setKeyPairName("rubbish")
                        .setPublicKeyBody("ssh-rsa rubbish")));
        assertRefused(
                400,
                "KeyPair.AlreadyExist",
                () -> ecs.importKeyPair(new ImportKeyPairRequest()
                        .setRegionId("cn-hangzhou")
                        .setKeyPairName("pair-" + pairs)
                        .setPublicKeyBody(Ssh.line(key))));
    }

    @Test
    void anAccountLogsInWithItsKeyAndPasswordAndNoOther() {
        assertEquals("root\n", Ssh.run(port, "root", key, "whoami"));
        assertEquals("root\n", Ssh.run(port, "root", PASSWORD, "whoami"));
        assertFalse(Ssh.opens(port, "root", Ssh.rsa()));
        assertFalse(Ssh.opens(port, "root", OTHER));
        assertFalse(Ssh.opens(port, "nobody", key));
        assertFalse(Ssh.opens(port, "nobody", PASSWORD));
    }

    @Test
    void aKeyIsAddedAndRemoved() throws Exception {
        for (KeyPair added : List.of(Ssh.rsa(), Ssh.ed25519())) {
            Map<String, String> parameters = Map.of("UserName", "root", "PublicKey", Ssh.line(added) + " comment");
            assertFalse(Ssh.opens(port, "root", added));

            var result = finished(ADD_KEY, parameters);
            assertEquals("Success", result.invocationStatus);
            assertEquals(0, result.exitCode);
            assertEquals("Finished", result.invokeRecordStatus);
            assertEquals("the key is authorized", text(result.output));
            assertTrue(Ssh.opens(port, "root", added));
            assertTrue(Ssh.opens(port, "root", key), "the other one stays");

            assertEquals("Success", finished(REMOVE_KEY, parameters).invocationStatus);
            assertFalse(Ssh.opens(port, "root", added));
        }
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Test
    void aPasswordIsSetByItsHash() throws Exception {
        String hash = Sha2Crypt.sha512Crypt(OTHER.getBytes(StandardCharsets.UTF_8));

        assertEquals(
                "Success", finished(SET_PASSWORD, Map.of("UserName", "root", "PasswordHash", hash)).invocationStatus);

        assertTrue(Ssh.opens(port, "root", OTHER));
        assertFalse(Ssh.opens(port, "root", PASSWORD));
    }

    @Test
    void aCommandTakesItsTime() throws Exception {
        KeyPair added = Ssh.rsa();
        String invokeId = invoke(ADD_KEY, Map.of("UserName", "root", "PublicKey", Ssh.line(added)));
        cloud.database.transact(transaction -> transaction.change(
                "UPDATE ecs_invocation SET begins_at = due_at + interval '1 hour', due_at = due_at + interval '1 hour' WHERE invoke_id = ?",
                invokeId));
        assertEquals("Pending", result(invokeId).invocationStatus);
        cloud.database.transact(transaction -> transaction.change(
                "UPDATE ecs_invocation SET begins_at = clock_timestamp() WHERE invoke_id = ?", invokeId));
        assertEquals("Running", result(invokeId).invocationStatus);
        assertFalse(Ssh.opens(port, "root", added));

        cloud.database.transact(transaction -> transaction.change(
                "UPDATE ecs_invocation SET due_at = clock_timestamp() WHERE invoke_id = ?", invokeId));

        Cloud.await(() -> result(invokeId).invocationStatus.equals("Success"));
        assertTrue(Ssh.opens(port, "root", added));
    }

    @Test
    void aCommandThatCannotBeDoneFailsWithItsReason() throws Exception {
        var unknown = finished(ADD_KEY, Map.of("UserName", "nobody", "PublicKey", Ssh.line(key)));
        assertEquals("Failed", unknown.invocationStatus);
        assertEquals("AccountNotExists", unknown.errorCode);

        var rubbish = finished(ADD_KEY, Map.of("UserName", "root", "PublicKey", "rubbish"));
        assertEquals("ExitCodeNonzero", rubbish.errorCode);
        assertEquals(1, rubbish.exitCode);

        var plain = finished(SET_PASSWORD, Map.of("UserName", "root", "PasswordHash", OTHER));
        assertEquals("ExitCodeNonzero", plain.errorCode);
        assertTrue(Ssh.opens(port, "root", PASSWORD));
    }

    @Test
    void aCommandThatIsNoneIsRefused() {
        assertRefused(404, "InvalidCmdId.NotFound", () -> invoke("cmd-other", Map.of()));
        assertRefused(403, "Parameter.NotMatched", () -> invoke(ADD_KEY, Map.of("UserName", "root")));
        assertRefused(
                404,
                "InvalidInstance.NotFound",
                () -> ecs.invokeCommand(new InvokeCommandRequest()
                        .setRegionId("cn-hangzhou")
                        .setCommandId(ADD_KEY)
                        .setInstanceId(List.of("i-none"))
                        .setParameters(Map.of("UserName", "root", "PublicKey", Ssh.line(key)))));
    }

    @Test
    void aStoppedInstanceRefusesAndComesBackTheSame() throws Exception {
        String host = Ssh.hostKey(port);
        ecs.stopInstance(new StopInstanceRequest().setInstanceId(instance));
        assertEquals("Stopped", described(instance).get(0).status);
        assertFalse(LoopbackPort.answers(port));
        var result = finished(ADD_KEY, Map.of("UserName", "root", "PublicKey", Ssh.line(Ssh.rsa())));
        assertEquals("InstanceNotRunning", result.errorCode);
        assertRefused(
                403,
                "IncorrectInstanceStatus",
                () -> ecs.stopInstance(new StopInstanceRequest().setInstanceId(instance)));

        ecs.startInstance(new StartInstanceRequest().setInstanceId(instance));

        assertEquals(port, port());
        assertEquals(host, Ssh.hostKey(port));
        assertTrue(Ssh.opens(port, "root", key));
    }

    @Test
    void aDeletedInstanceIsGone() throws Exception {
        assertRefused(
                403,
                "IncorrectInstanceStatus",
                () -> ecs.deleteInstance(new DeleteInstanceRequest().setInstanceId(instance)));

        ecs.deleteInstance(new DeleteInstanceRequest().setInstanceId(instance).setForce(true));

        assertEquals(List.of(), described(instance));
        assertFalse(LoopbackPort.answers(port));
        assertRefused(
                404,
                "InvalidInstanceId.NotFound",
                () -> ecs.stopInstance(new StopInstanceRequest().setInstanceId(instance)));
    }
}
