package io.gyre.api.authorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.SetKeyPolicyRequest;
import com.aliyun.kms20160120.models.SetSecretPolicyRequest;
import com.aliyun.kms20160120.models.TagResourceRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What policies say is what happens, as the published SDK's users see it. */
@QuarkusTest
class PoliciesInForceTest {
    private static final String ANY = "acs:kms:cn-hangzhou:" + Identities.ACCOUNT + ":";

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Instances instances;

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    /** The FAQ's row "What permissions are required to retrieve a key-encrypted secret value via the API?" */
    @Test
    void theFaqsPolicyGrantsASecretsValueAndNeitherOfItsTwoActionsDoesAlone() throws Exception {
        String key = keys.create();
        String secret = secrets.create(secrets.generic().setEncryptionKeyId(key));
        String user = identities.user();
        Client app = clientOf(user);
        refused("kms:GetSecretValue on " + ANY + "secret/" + secret, user, () -> value(app, secret));

        String both = policy(faq("\"kms:GetSecretValue\",\"kms:Decrypt\"", secret, key));
        identities.attachCustom(both, user);
        assertEquals("first value", value(app, secret));
        identities.detachCustom(both, user);

        identities.attachCustom(policy(faq("\"kms:GetSecretValue\"", secret, key)), user);
        refused("kms:Decrypt on " + ANY + "key/" + key, user, () -> value(app, secret));
    }

    @Test
    void withoutDecryptNothingIsNeededOfTheServicesOwnKey() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();
        identities.attachCustom(policy(allow("kms:GetSecretValue", ANY + "secret/generic-*")), user);
        assertEquals("first value", value(clientOf(user), secret));
    }

    @Test
    void aDenialWinsOverWhateverElseAllows() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();
        identities.attachToUser("AdministratorAccess", user);
        Client app = clientOf(user);
        assertEquals("first value", value(app, secret));
        identities.attachCustom(
                policy(allow("kms:GetSecretValue", ANY + "secret/" + secret).replace("Allow", "Deny")), user);
        Refusal refusal = Refusal.of(() -> value(app, secret));
        assertEquals(
                "This operation is forbidden by permission system. It needs kms:GetSecretValue on " + ANY + "secret/"
                        + secret + ", which a policy denies user/" + user + ".",
                refusal.message());
    }

    @Test
    void aSecretsPolicyLetsInWhomItNamesAndNobodyWhomItDoesNot() throws Exception {
        String secret = inAnInstance();
        String named = identities.user();
        String other = identities.user();
        identities.attachToUser("AdministratorAccess", other);
        Client othersClient = clientOf(other);
        assertEquals("first value", value(othersClient, secret));
        clients.current()
                .setSecretPolicy(new SetSecretPolicyRequest()
                        .setSecretName(secret)
                        .setPolicy(resourcePolicy("Allow", "user/" + named, "kms:GetSecretValue")));
        assertEquals("first value", value(clientOf(named), secret));
        refused("kms:GetSecretValue on " + ANY + "secret/" + secret, other, () -> value(othersClient, secret));
        assertEquals("first value", value(clients.current(), secret));
    }

    @Test
    void aKeysPolicyHoldsForTheSecretsThatItEncrypts() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String secret =
                secrets.create(secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key));
        String user = identities.user();
        identities.attachToUser("AliyunKMSFullAccess", user);
        Client app = clientOf(user);
        assertEquals("first value", value(app, secret));
        clients.current()
                .setKeyPolicy(new SetKeyPolicyRequest()
                        .setKeyId(key)
                        .setPolicy(resourcePolicy("Deny", "user/" + user, "kms:Decrypt")));
        Refusal.expect(403, "Forbidden.NoPermission", () -> value(app, secret));
    }

    @Test
    void aConditionAsksForTheResourcesTags() throws Exception {
        String key = keys.create();
        String user = identities.user();
        identities.attachCustom(
                policy(
                        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:Encrypt\",\"Resource\":\"*\","
                                + "\"Condition\":{\"StringEqualsIgnoreCase\":{\"kms:tag/team\":\"payments\"}}}]}"),
                user);
        Client app = clientOf(user);
        EncryptRequest encrypt = new EncryptRequest().setKeyId(key).setPlaintext("AQ==");
        refused("kms:Encrypt on " + ANY + "key/" + key, user, () -> app.encrypt(encrypt));
        clients.current()
                .tagResource(new TagResourceRequest()
                        .setKeyId(key)
                        .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"Payments\"}]"));
        assertEquals(key, app.encrypt(encrypt).getBody().getKeyId());
    }

    @Test
    void aSessionMayWhatItsRoleMayAndWhatItsOwnPolicyLeavesOfThat() throws Exception {
        String secret = secrets.create(secrets.generic());
        String role = identities.role(Identities.root());
        Client before = clients.with(identities.session(role), false);
        Refusal.expect(403, "Forbidden.NoPermission", () -> value(before, secret));
        identities.attach("AliyunKMSFullAccess", role);
        assertEquals("first value", value(before, secret));
        Client narrowed =
                clients.with(identities.session(role, allow("kms:GetSecretValue", ANY + "secret/" + secret)), false);
        assertEquals("first value", value(narrowed, secret));
        Refusal refusal = Refusal.of(() -> narrowed.listSecrets(new ListSecretsRequest()));
        assertTrue(refusal.message().contains("kms:ListSecrets on " + ANY + "secret,"), refusal.message());
    }

    @Test
    void inABatchEachSecretIsAskedAboutByItself() throws Exception {
        String readable = secrets.create(secrets.generic());
        String other = secrets.create(secrets.generic());
        String user = identities.user();
        identities.attachCustom(policy(allow("kms:GetSecretValue", ANY + "secret/" + readable)), user);
        Map<String, Object> answer = Clients.call(
                clientOf(user),
                "BatchGetSecretValue",
                Map.of("SecretsList", "[{\"SecretName\":\"" + readable + "\"},{\"SecretName\":\"" + other + "\"}]"));
        String values = String.valueOf(answer.get("SecretValues"));
        String errors = String.valueOf(answer.get("Errors"));
        assertTrue(values.contains("SecretData=first value") && !values.contains(other), values);
        assertTrue(errors.contains("Code=Forbidden.NoPermission") && errors.contains(other), errors);
        assertFalse(errors.contains("SecretName=" + readable), errors);
    }

    @Test
    void whatIsNotThereIsToldOnlyToWhomItWouldBeShown() throws Exception {
        String user = identities.user();
        identities.attachCustom(policy(allow("kms:GetSecretValue", ANY + "secret/absent/*")), user);
        Client app = clientOf(user);
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> value(app, "absent/one"));
        Refusal.expect(403, "Forbidden.NoPermission", () -> value(app, "elsewhere"));
    }

    @Test
    void operationsArePermittedByTheirNamesAndPaths() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        RpcCredentials operator = new RpcCredentials(key.id(), SecretText.of(key.secret()));
        String sentence = listed(operator).problem(403, "Forbidden.NoPermission");
        assertTrue(
                sentence.contains("gyre:ListRotations on acs:gyre:cn-hangzhou:" + Identities.ACCOUNT + ":rotations,"));
        identities.attachCustom(policy(allow("gyre:List*", "acs:gyre:*:*:*")), user);
        listed(operator).json(200);
        String giveUp = "/operations/v1/rotations/6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a/give-up";
        operations
                .send("POST", giveUp, "", operations.headers("POST", giveUp, "", operator, Instant.now()))
                .problem(403, "Forbidden.NoPermission");
    }

    @Test
    void aPolicyThatCannotBeUnderstoodPermitsNothing() throws Exception {
        String secret = inAnInstance();
        String user = identities.user();
        identities.attachToUser("AdministratorAccess", user);
        Client app = clientOf(user);
        assertEquals("first value", value(app, secret));
        rows.change("UPDATE secret SET policy = '{\"Version\":\"2\"}' WHERE name = ?", secret);
        Refusal refusal = Refusal.of(() -> value(app, secret));
        assertEquals("Forbidden.NoPermission", refusal.code());
        assertTrue(refusal.message().contains("cannot be enforced: its Version must be \"1\"."), refusal.message());
    }

    private OperationsClient.Answer listed(RpcCredentials operator) {
        String path = "/operations/v1/rotations";
        return operations.send("GET", path, "", operations.headers("GET", path, "", operator, Instant.now()));
    }

    private Client clientOf(String user) throws Exception {
        return clients.with(identities.keyOf(user), false);
    }

    private static String value(Client client, String secret) throws Exception {
        return client.getSecretValue(new GetSecretValueRequest().setSecretName(secret))
                .getBody()
                .getSecretData();
    }

    private static void refused(String permission, String user, Executable call) {
        Refusal.expect(
                403,
                "Forbidden.NoPermission",
                "This operation is forbidden by permission system. It needs " + permission
                        + ", which no policy allows user/" + user + ".",
                call);
    }

    private String inAnInstance() throws Exception {
        return secrets.create(secrets.generic().setDKMSInstanceId(instances.create()));
    }

    private String policy(String document) throws Exception {
        return identities.policy(document);
    }

    /** As the FAQ has it, its placeholders filled in. */
    private static String faq(String actions, String secret, String key) {
        return """
                {
                  "Version": "1",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": [
                      %s
                    ],
                    "Resource": [
                      "%ssecret/%s",
                      "%skey/%s"
                    ]
                  }]
                }
                """.formatted(actions, ANY, secret, ANY, key);
    }

    private static String allow(String action, String resource) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\""
                + resource + "\"}]}";
    }

    private static String resourcePolicy(String effect, String principal, String action) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":{\"RAM\":[\"acs:ram::"
                + Identities.ACCOUNT + ":" + principal + "\"]},\"Action\":[\"" + action + "\"],\"Resource\":[\"*\"]}]}";
    }
}
