package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EcsTargetTest {
    private static final Instance INSTANCE = new Instance("cn-hangzhou", "i-1");
    private static final EcsEffect AWAIT = new EcsEffect.AwaitCommand(INSTANCE, "t-1");
    private static final SecretText KEY =
            SecretText.of("{\"UserName\":\"app\",\"PublicKey\":\"ssh-rsa AAAA app\",\"PrivateKey\":\"hunter2\"}");
    private static final SecretText PASSWORD = SecretText.of("{\"UserName\":\"app\",\"Password\":\"hunter2\"}");

    private final TestCloud cloud = new TestCloud();
    private final SshTrial ssh = SshTrial.start();

    @AfterEach
    void stop() {
        ssh.close();
        cloud.close();
    }

    private Outcome perform(EcsEffect effect, Map<Credential, SecretText> credentials) {
        return new EcsTarget(cloud.rpc, cloud.config(), ssh, new SecureRandom())
                .perform(effect, credentials)
                .await()
                .atMost(TestCloud.SOON);
    }

    private TestCloud instance(String status, String addresses) {
        return cloud.answering(
                "DescribeInstances",
                "{\"Instances\":{\"Instance\":[{\"InstanceId\":\"i-1\",\"Status\":\"" + status + "\"," + addresses
                        + "}]}}");
    }

    private TestCloud result(String status, String errorCode) {
        return cloud.answering(
                "DescribeInvocationResults",
                "{\"Invocation\":{\"InvocationResults\":{\"InvocationResult\":[{\"InvocationStatus\":\"" + status
                        + "\",\"ErrorCode\":\"" + errorCode + "\",\"Output\":\"aHVudGVyMg==\"}]}}}");
    }

    private JsonNode parameters() {
        return TestCloud.json(cloud.call("InvokeCommand").text("Parameters"));
    }

    @Test
    void whereSshAnswersIsReportedThePrivateAddressFirst() {
        EcsEffect inspect = new EcsEffect.InspectInstance(INSTANCE);
        String open = "\"PublicIpAddress\":{\"IpAddress\":[\"203.0.113.1\"]}";
        instance("Running", open);
        assertEquals(Done.with(Map.of(EcsRotation.HOST, "203.0.113.1")), perform(inspect, Map.of()));
        assertEquals("[\"i-1\"]", cloud.call("DescribeInstances").text("InstanceIds"));
        assertEquals("cn-hangzhou", cloud.call("DescribeInstances").text("RegionId"));

        instance("Running", open + ",\"VpcAttributes\":{\"PrivateIpAddress\":{\"IpAddress\":[\"10.0.0.1\"]}}");
        assertEquals(Done.with(Map.of(EcsRotation.HOST, "10.0.0.1")), perform(inspect, Map.of()));
    }

    @Test
    void anInstanceThatIsAbsentStoppedOrWithoutAddressNeedsAPerson() {
        EcsEffect inspect = new EcsEffect.InspectInstance(INSTANCE);
        cloud.answering("DescribeInstances", "{\"Instances\":{\"Instance\":[]}}");
        assertPerson("InvalidInstanceId.NotFound", perform(inspect, Map.of()));
        instance("Stopped", "\"Cpu\":1");
        assertPerson("IncorrectInstanceStatus", perform(inspect, Map.of()));
        instance("Running", "\"Cpu\":1");
        assertPerson("NoAddress", perform(inspect, Map.of()));
    }

    private static void assertPerson(String code, Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(Remedy.ASK_PERSON, refused.remedy());
        assertEquals(code, refused.code());
        assertTrue(refused.what().contains("i-1"), refused.what());
    }

    @Test
    void theCandidatesKeyIsAddedAndTheFormersRemoved() {
        cloud.answering("InvokeCommand", "{\"InvokeId\":\"t-1\"}");
        Outcome added =
                perform(new EcsEffect.AddKey(INSTANCE, Credential.CANDIDATE), Map.of(Credential.CANDIDATE, KEY));

        assertEquals(Done.with(Map.of(EcsRotation.COMMAND, "t-1")), added);
        assertEquals(
                "cmd-ACS-KMS-RotateECSSecretAddKey", cloud.call("InvokeCommand").text("CommandId"));
        assertEquals("i-1", cloud.call("InvokeCommand").text("InstanceId.1"));
        assertEquals("{\"UserName\":\"app\",\"PublicKey\":\"ssh-rsa AAAA app\"}", sorted(parameters()));

        cloud.reached.clear();
        perform(new EcsEffect.RemoveKey(INSTANCE, Credential.FORMER), Map.of(Credential.FORMER, KEY));
        assertEquals(
                "cmd-ACS-KMS-RotateECSSecretRemoveKey",
                cloud.call("InvokeCommand").text("CommandId"));
    }

    private static String sorted(JsonNode parameters) {
        return TestCloud.json("{}")
                .put("UserName", parameters.path("UserName").asText())
                .put("PublicKey", parameters.path("PublicKey").asText())
                .toString();
    }

    @Test
    void aPasswordIsSentOnlyAsASaltedHash() {
        cloud.answering("InvokeCommand", "{\"InvokeId\":\"t-1\"}");
        EcsEffect set = new EcsEffect.SetPassword(INSTANCE, Credential.CANDIDATE);
        perform(set, Map.of(Credential.CANDIDATE, PASSWORD));

        String hash = parameters().path("PasswordHash").asText();
        assertEquals("app", parameters().path("UserName").asText());
        assertTrue(hash.startsWith("$6$"), hash);
        assertEquals(hash, Sha2Crypt.sha512Crypt("hunter2".getBytes(StandardCharsets.UTF_8), hash));
        assertFalse(cloud.call("InvokeCommand").parameters().toString().contains("hunter2"));

        cloud.reached.clear();
        perform(set, Map.of(Credential.CANDIDATE, PASSWORD));
        assertNotEquals(hash, parameters().path("PasswordHash").asText());
    }

    @Test
    void whetherACommandWasTakenIsUnclearWithoutAnAnswer() {
        cloud.hangingUp("InvokeCommand");
        assertInstanceOf(
                Unclear.class,
                perform(new EcsEffect.AddKey(INSTANCE, Credential.CANDIDATE), Map.of(Credential.CANDIDATE, KEY)));
        cloud.answering("InvokeCommand", "{}");
        assertInstanceOf(
                Unclear.class,
                perform(new EcsEffect.AddKey(INSTANCE, Credential.CANDIDATE), Map.of(Credential.CANDIDATE, KEY)));
    }

    @Test
    void aCommandIsAwaitedToItsEnd() {
        cloud.answering("DescribeInvocationResults", "{\"Invocation\":{\"InvocationResults\":{}}}");
        assertInstanceOf(NotYet.class, perform(AWAIT, Map.of()));
        assertEquals("t-1", cloud.call("DescribeInvocationResults").text("InvokeId"));
        result("Pending", "");
        assertInstanceOf(NotYet.class, perform(AWAIT, Map.of()));
        result("Running", "");
        assertInstanceOf(NotYet.class, perform(AWAIT, Map.of()));
        result("Success", "");
        assertEquals(Done.plain(), perform(AWAIT, Map.of()));
    }

    @Test
    void aCommandThatFailedSaysWhatToDo() {
        result("Failed", "AccountNotExists");
        assertPerson("AccountNotExists", perform(AWAIT, Map.of()));
        result("Failed", "InstanceNotRunning");
        assertPerson("InstanceNotRunning", perform(AWAIT, Map.of()));
        result("Timeout", "ExecutionTimeout");
        assertEquals(
                Remedy.RETRY,
                assertInstanceOf(Refused.class, perform(AWAIT, Map.of())).remedy());
    }

    @Test
    void aLoginIsProvenAtTheServer() {
        try (TestSshServer server = new TestSshServer().withPassword("hunter2")) {
            Map<Credential, SecretText> right = Map.of(Credential.CANDIDATE, PASSWORD);
            EcsEffect prove = new EcsEffect.ProveSsh(server.address(), Credential.CANDIDATE);
            EcsEffect refused = new EcsEffect.ProveSshRefused(server.address(), Credential.CANDIDATE);

            assertEquals(Done.plain(), perform(prove, right));
            assertInstanceOf(NotYet.class, perform(refused, right));
            server.withPassword("another");
            assertInstanceOf(NotYet.class, perform(prove, right));
            assertEquals(Done.plain(), perform(refused, right));
        }
    }
}
