package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DisableKeyRequest;
import com.aliyun.kms20160120.models.EnableKeyRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import com.aliyun.ram20150501.models.DeleteRoleRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromRoleRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.api.testing.VerifiedAccounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of KMS's page "Secrets management FAQs", row by row, as the users of the published SDK see them. */
@QuarkusTest
@TestProfile(VerifiedAccounts.class)
class SecretsManagementFaqTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Instances instances;

    @Inject
    Identities identities;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    @Inject
    Rows rows;

    private String value(Client caller, String secret) throws Exception {
        return caller.getSecretValue(new GetSecretValueRequest().setSecretName(secret))
                .getBody()
                .getSecretData();
    }

    private static String code(Refusal refusal) {
        return refusal.status() + " " + refusal.code();
    }

    @Test
    @DisplayName("How does KMS ensure the security of secrets?")
    void howDoesKmsEnsureTheSecurityOfSecrets() throws Exception {
        String secret = secrets.create(secrets.generic().setSecretData("a value of the FAQ"));
        String kept = rows.text(
                "SELECT s.name || ' ' || v.version_id || ' ' || st.stage || ' ' || encode(v.ciphertext, 'escape')"
                        + " FROM secret s JOIN secret_version v USING (secret_id) JOIN secret_stage st USING (secret_id)"
                        + " WHERE s.name = ?",
                secret);
        assertTrue(kept.startsWith(secret + " v1 ACSCurrent "), "name, version and stage are not encrypted");
        assertFalse(kept.contains("a value of the FAQ"), "the value is not encrypted");
        assertEquals("a value of the FAQ", value(clients.current(), secret));
        Refusal stranger = Refusal.of(() -> value(clients.with("LTAI-nobody", "secret"), secret));
        assertEquals("404 InvalidAccessKeyId.NotFound", code(stranger));
        Client user = clients.with(identities.keyOf(identities.user()), false);
        assertEquals("403 Forbidden.NoPermission", code(Refusal.of(() -> value(user, secret))));
    }

    @Test
    @DisplayName("How is a secret encrypted?")
    void howIsASecretEncrypted() throws Exception {
        String key = keys.create();
        String secret = secrets.create(secrets.generic().setEncryptionKeyId(key));
        assertEquals(
                key,
                rows.text(
                        "SELECT v.key_id FROM secret_version v JOIN secret s USING (secret_id) WHERE s.name = ?",
                        secret));
        clients.current().disableKey(new DisableKeyRequest().setKeyId(key));
        assertEquals("409 Rejected.Disabled", code(Refusal.of(() -> value(clients.current(), secret))));
        clients.current().enableKey(new EnableKeyRequest().setKeyId(key));
        assertEquals("first value", value(clients.current(), secret));
    }

    @Test
    @DisplayName("\"Your secret is being rotated, please try again later\" when setting a rotation policy or triggering"
            + " immediate rotation")
    void yourSecretIsBeingRotatedPleaseTryAgainLater() throws Exception {
        String secret = secrets.create(secrets.ram());
        RotateSecretRequest rotation =
                new RotateSecretRequest().setSecretName(secret).setVersionId("v2");
        clients.current().rotateSecret(rotation);
        String sentence = "Your secret is being rotated, please try again later";
        Refusal again = Refusal.of(() -> clients.current().rotateSecret(rotation.setVersionId("v3")));
        assertEquals(sentence, again.message());
        Refusal policy = Refusal.of(() -> clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(secret)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("30d")));
        assertEquals(sentence, policy.message());
        String id = String.valueOf(rows.activeRotation("rotation_id", secret).get(0));
        worker.step(id, "Succeeded", "Done.");
        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(secret)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("30d"));
    }

    /** From then on a worker looks whether the RAM user, or the instance and its account, still exist and work. */
    @ParameterizedTest
    @CsvSource({"ram, 48h, calendar, 172800", "ram, 10m, calendar, 600", "ecs, 10m, operational, 120"})
    @DisplayName("Expected rotation time; what to check if it takes longer")
    void expectedRotationTime(String type, String window, String clock, long seconds) throws Exception {
        CreateSecretRequest wanted = type.equals("ram") ? secrets.ram() : secrets.ecsPassword();
        String secret = secrets.create(wanted);
        clients.call("RotateSecret", Map.of("SecretName", secret, "VersionId", "v2", "RotationWindow", window));
        assertEquals(List.of(clock), rows.activeRotation("late_clock", secret));
        long lateAfter = rows.count(
                "SELECT round(extract(epoch FROM late_at - CASE late_clock WHEN 'calendar' THEN requested_at"
                        + " ELSE requested_at_wall END))::bigint"
                        + " FROM rotation r JOIN secret s USING (secret_id) WHERE s.name = ?",
                secret);
        Duration expected = Duration.ofSeconds(seconds);
        assertTrue(
                lateAfter >= expected.toSeconds()
                        && lateAfter <= expected.plus(Duration.ofHours(6)).toSeconds(),
                type + " is late after " + lateAfter + " s");
    }

    @Test
    @DisplayName("Secret status is unavailable or the API returns \"Rejected.Unavailable\"")
    void theApiReturnsRejectedUnavailable() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        instances.expire(instance, 1);
        assertEquals("409 Rejected.Unavailable", code(Refusal.of(() -> value(clients.current(), secret))));
        clients.current().describeSecret(new DescribeSecretRequest().setSecretName(secret));
        instances.renew(instance, 30).json(200);
        assertEquals("first value", value(clients.current(), secret));
    }

    @Test
    @DisplayName("Secrets created in KMS 1.0 are not visible in the KMS 3.0 console")
    void secretsCreatedInKms10AreNotVisibleAmongThoseOfInstances() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String elder = secrets.create(secrets.generic());
        String managed =
                secrets.create(secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key));
        String ofInstance = listed("[{\"Key\":\"DKMSInstanceId\",\"Values\":[\"" + instance + "\"]}]");
        assertTrue(ofInstance.contains(managed), ofInstance);
        assertFalse(ofInstance.contains(elder), ofInstance);
        String byName = listed("[{\"Key\":\"SecretName\",\"Values\":[\"" + elder + "\"]}]");
        assertTrue(byName.contains(elder), byName);
        assertEquals("first value", value(clients.current(), elder));
    }

    private String listed(String filters) throws Exception {
        return clients
                .current()
                .listSecrets(new ListSecretsRequest().setFilters(filters).setPageSize(100))
                .getBody()
                .getSecretList()
                .getSecret()
                .stream()
                .map(each -> each.getSecretName())
                .toList()
                .toString();
    }

    @Test
    @DisplayName("RDS secret account verification fails")
    void rdsSecretAccountVerificationFails() {
        String finding = "RDS instance rm-1 has no account faq: create it, then try again.";
        CompletableFuture<String> looked = worker.inspects("faq", "", finding);
        Refusal refusal = Refusal.of(() -> secrets.create(secrets.rdsSingle()
                .setSecretData("{\"Accounts\":[{\"AccountName\":\"faq\",\"AccountPassword\":\"password-1\"}]}")));
        assertEquals("The account verification failed: " + finding, refusal.message());
        looked.join();
    }

    @Test
    @DisplayName("\"You are not authorized to do this action\" when creating a RAM secret")
    void youAreNotAuthorizedToDoThisAction() throws Exception {
        CreateSecretRequest wanted = secrets.ram();
        clients.ram()
                .detachPolicyFromRole(new DetachPolicyFromRoleRequest()
                        .setPolicyType("System")
                        .setPolicyName(SystemPolicies.RAM_ROTATION)
                        .setRoleName(RotationRole.NAME));
        clients.ram().deleteRole(new DeleteRoleRequest().setRoleName(RotationRole.NAME));
        TeaException refusal = Assertions.assertThrows(
                TeaException.class, () -> clients.current().createSecret(wanted));
        assertEquals(
                "You are not authorized to do this action", refusal.getData().get("Message"));
        assertTrue(
                String.valueOf(refusal.getData().get("AuthorizationUrl")).contains("/authorize/"),
                "there is no link for the RAM administrator");
        operations.post("/operations/v1/service-roles/ram-rotation").json(200);
        clients.current().createSecret(wanted);
    }

    @Test
    @DisplayName("What permissions are required to retrieve a key-encrypted secret value via the API?")
    void whatPermissionsAreRequiredToRetrieveAKeyEncryptedSecretValue() throws Exception {
        String key = keys.create();
        String secret = secrets.create(secrets.generic().setEncryptionKeyId(key));
        String user = identities.user();
        Client app = clients.with(identities.keyOf(user), false);
        String policy = identities.policy("""
                {
                  "Version": "1",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": [
                      "kms:GetSecretValue",
                      "kms:Decrypt"
                    ],
                    "Resource": [
                      "acs:kms:${region}:${account}:secret/example-secret",
                      "acs:kms:${region}:${account}:key/keyId-example"
                    ]
                  }]
                }
                """.replace("${region}", "cn-hangzhou")
                .replace("${account}", Identities.ACCOUNT)
                .replace("example-secret", secret)
                .replace("keyId-example", key));
        assertEquals("403 Forbidden.NoPermission", code(Refusal.of(() -> value(app, secret))));
        identities.attachCustom(policy, user);
        assertEquals("first value", value(app, secret));
    }
}
