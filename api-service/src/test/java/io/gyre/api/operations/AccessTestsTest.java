package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.SetSecretPolicyRequest;
import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** May X do Y on Z? What is answered is what the call then meets. */
@QuarkusTest
class AccessTestsTest {
    private static final String PATH = "/operations/v1/access/test?";
    private static final String READ = "kms:GetSecretValue";

    @Inject
    OperationsClient operations;

    @Inject
    Identities identities;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Instances instances;

    private static String arn(String secret) {
        return "acs:kms:cn-hangzhou:" + Identities.ACCOUNT + ":secret/" + secret;
    }

    private static String document(String... statements) {
        return "{\"Version\":\"1\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String statement(String effect, String action, String resource) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }

    private String attached(String user, String... statements) throws Exception {
        String policy = identities.policy(document(statements));
        identities.attachCustom(policy, user);
        return policy;
    }

    private JsonNode may(String user, String action, String resource, Map<String, String> circumstances) {
        Map<String, String> query = new HashMap<>(circumstances);
        query.put("principal", "user/" + user);
        query.put("action", action);
        query.put("resource", resource);
        return operations.get(PATH + Browser.encoded(query)).json(200);
    }

    private JsonNode may(String user, String action, String resource) {
        return may(user, action, resource, Map.of());
    }

    /** What the real call meets. */
    private boolean reads(String user, String secret) throws Exception {
        try {
            clients.with(identities.keyOf(user), false)
                    .getSecretValue(new GetSecretValueRequest().setSecretName(secret));
            return true;
        } catch (TeaException refusal) {
            assertEquals("Forbidden.NoPermission", refusal.getCode(), refusal.getMessage());
            return false;
        }
    }

    private static JsonNode need(JsonNode answer, int place) {
        return answer.path("needs").path(place);
    }

    @Test
    void withoutAPolicyItIsToldWhatToAttach() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();

        JsonNode answer = may(user, READ, "secret/" + secret);

        assertFalse(answer.path("allowed").asBoolean());
        assertFalse(reads(user, secret));
        JsonNode need = need(answer, 0);
        assertEquals(arn(secret), need.path("resource").asText());
        assertEquals("not-allowed", need.path("verdict").asText());
        assertEquals(
                "No policy of user/" + user + " allows it.", need.path("reason").asText());
        String remedy = need.path("remedy").asText();
        assertTrue(remedy.contains(statement("Allow", READ, arn(secret))), remedy);
        assertTrue(remedy.contains("AliyunKMSSecretUserAccess"), remedy);
        assertFalse(remedy.contains("AliyunKMSReadOnlyAccess"), remedy);
    }

    @Test
    void theStatementThatAllowsIsNamed() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();
        String policy = attached(
                user, statement("Allow", "kms:DescribeSecret", "*"), statement("Allow", "kms:Get*", arn(secret)));

        JsonNode answer = may(user, READ, arn(secret));

        assertTrue(answer.path("allowed").asBoolean(), answer.toString());
        assertTrue(reads(user, secret));
        JsonNode by = need(answer, 0).path("because").path(0);
        assertEquals(policy, by.path("policy").asText());
        assertEquals(2, by.path("statement").asInt());
        assertEquals(
                "Statement 2 of policy " + policy + " allows it.",
                need(answer, 0).path("reason").asText());
        assertEquals("", need(answer, 0).path("remedy").asText());
    }

    @Test
    void aDenialIsNamedWhateverElseAllows() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();
        attached(user, statement("Allow", "*", "*"));
        String denying = attached(user, statement("Deny", READ, arn(secret)));

        JsonNode answer = may(user, READ, "secret/" + secret);

        assertFalse(answer.path("allowed").asBoolean());
        assertFalse(reads(user, secret));
        assertEquals(
                "Statement 1 of policy " + denying + " denies it, whatever others allow.",
                need(answer, 0).path("reason").asText());
        assertTrue(need(answer, 0).path("remedy").asText().startsWith("Detach the policy from user/" + user));
    }

    @Test
    void theKeyThatEncryptsASecretIsAskedAboutToo() throws Exception {
        String key = keys.create();
        CreateSecretRequest wanted = secrets.generic().setEncryptionKeyId(key);
        String secret = secrets.create(wanted);
        String user = identities.user();
        attached(user, statement("Allow", READ, arn(secret)));

        JsonNode answer = may(user, READ, "secret/" + secret);

        assertFalse(answer.path("allowed").asBoolean());
        assertFalse(reads(user, secret));
        assertEquals("allowed", need(answer, 0).path("verdict").asText());
        assertEquals("kms:Decrypt", need(answer, 1).path("permission").asText());
        assertTrue(need(answer, 1).path("resource").asText().endsWith(":key/" + key));
        assertEquals("not-allowed", need(answer, 1).path("verdict").asText());
    }

    @Test
    void thePolicyOfTheSecretItselfCounts() throws Exception {
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(instances.create()));
        String user = identities.user();
        attached(user, statement("Allow", "kms:*", "*"));
        clients.current()
                .setSecretPolicy(new SetSecretPolicyRequest()
                        .setSecretName(secret)
                        .setPolicyName("default")
                        .setPolicy("{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"administrators\",\"Effect\":\"Allow\","
                                + "\"Principal\":{\"RAM\":[\"acs:ram::" + Identities.ACCOUNT + ":user/somebody\"]},"
                                + "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"));

        JsonNode answer = may(user, READ, "secret/" + secret);

        assertFalse(answer.path("allowed").asBoolean());
        assertFalse(reads(user, secret));
        assertEquals(
                "No statement of the policy of " + arn(secret) + " itself allows it.",
                need(answer, 0).path("reason").asText());
        assertEquals(
                "resource", need(answer, 0).path("because").path(0).path("side").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "sourceIp, 10.0.3.7, true",
        "sourceIp, 192.0.2.1, false",
        "time, 2026-01-31T23:59:59Z, true",
        "time, 2031-01-31T23:59:59Z, false",
        "secureTransport, true, true",
        "secureTransport, false, false"
    })
    void conditionsAreAskedAsTheCircumstancesAreGiven(String name, String value, boolean allowed) throws Exception {
        String user = identities.user();
        attached(
                user,
                "{\"Effect\":\"Allow\",\"Action\":\"kms:ListSecrets\",\"Resource\":\"*\",\"Condition\":{"
                        + "\"IpAddress\":{\"acs:SourceIp\":[\"10.0.0.0/8\"]},"
                        + "\"DateLessThan\":{\"acs:CurrentTime\":[\"2030-01-01T00:00:00Z\"]},"
                        + "\"Bool\":{\"acs:SecureTransport\":[\"true\"]}}}");
        Map<String, String> circumstances = new HashMap<>(
                Map.of("sourceIp", "10.0.0.1", "time", "2026-06-01T00:00:00Z", "secureTransport", "true"));
        circumstances.put(name, value);

        JsonNode answer = may(user, "kms:ListSecrets", "", circumstances);

        assertEquals(allowed, answer.path("allowed").asBoolean(), answer.toString());
        assertTrue(
                need(answer, 0)
                        .path("reason")
                        .asText()
                        .endsWith(allowed ? " allows it." : "its conditions do not hold here."),
                answer.toString());
    }

    @Test
    void aRoleStandsForASessionOfIt() throws Exception {
        String role = identities.role(Identities.root());
        identities.attach("AliyunKMSReadOnlyAccess", role);
        String query = Browser.encoded(Map.of("principal", "role/" + role, "action", "kms:ListKeys"));
        JsonNode answer = operations.get(PATH + query).json(200);
        assertTrue(answer.path("allowed").asBoolean());
        assertEquals(
                "AliyunKMSReadOnlyAccess",
                need(answer, 0).path("because").path(0).path("policy").asText());
    }

    @Test
    void whatACallNeedsBesideIsToldInWords() throws Exception {
        String user = identities.user();
        attached(user, statement("Allow", "*", "*"));
        JsonNode answer = may(user, "kms:ReEncryptFrom", "key/4711");
        assertEquals(1, answer.path("needs").size());
        JsonNode alias = may(user, "kms:CreateAlias", "alias/payments");
        assertEquals("kms:CreateAlias on the key", alias.path("beside").path(0).asText());
    }

    @Test
    void anOperationIsAskedAboutByItsPathAndTheAccountItselfMayDoEverything() throws Exception {
        String user = identities.user();
        attached(user, statement("Allow", "gyre:RetryRotation", "acs:gyre:*:*:rotations/4711/*"));
        assertTrue(may(user, "gyre:RetryRotation", "rotations/4711/retry")
                .path("allowed")
                .asBoolean());
        assertFalse(may(user, "gyre:RetryRotation", "rotations/4712/retry")
                .path("allowed")
                .asBoolean());
        JsonNode root = operations
                .get(PATH + "principal=root&action=gyre:RetryRotation&resource=rotations/4712/retry")
                .json(200);
        assertEquals(
                "The account itself may do everything.",
                need(root, 0).path("reason").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action=kms:ListKeys|principal: say who would call.",
                "principal=root|action: say what for",
                "principal=root&action=kms:Nothing|no call asks for it",
                "principal=root&action=gyre:Nothing|no call asks for it",
                "principal=root&action=gyre:CreateConsoleLogin|no call asks for it",
                "principal=root&action=kms:Get*|no call asks for it",
                "principal=group/all&action=kms:ListKeys|it must be user/NAME, role/NAME or root.",
                "principal=root&action=kms:GetSecretValue|kms:GetSecretValue is asked for on the secret: name it.",
                "principal=root&action=kms:GetSecretValue&resource=key/1|is asked for on the secret: name it.",
                "principal=root&action=kms:GetSecretValue&resource=acs:kms:cn-hangzhou:7:secret/a|give an ARN of this installation",
                "principal=root&action=gyre:RetryRotation|is asked for on the operation's path: name it.",
                "principal=root&action=kms:ListKeys&time=noon|it must be a time like 2026-01-31T23:59:59Z.",
                "principal=root&action=kms:ListKeys&sourceIp=10.0.0.0/8|it must be an IP address",
                "principal=root&action=kms:ListKeys&sourceIp=localhost|it must be an IP address",
                "principal=root&action=kms:ListKeys&secureTransport=yes|it must be true or false."
            })
    void whatCannotBeAskedIsRefusedByItsRule(String query, String sentence) {
        OperationsClient.Answer answer = operations.get(PATH + query);
        assertEquals(400, answer.status(), answer.body());
        assertTrue(answer.body().contains(sentence), answer.body());
    }

    @Test
    void ofNobodyNothingIsTold() {
        OperationsClient.Answer answer = operations.get(PATH + "principal=user/nobody-at-all&action=kms:ListKeys");
        assertEquals(404, answer.status(), answer.body());
    }
}
