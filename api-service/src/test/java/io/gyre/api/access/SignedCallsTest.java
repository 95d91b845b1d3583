package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetRandomPasswordRequest;
import com.aliyun.kms20160120.models.GetSecretPolicyRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignedCallsTest {
    @Inject
    Clients clients;

    @Inject
    Envelope envelope;

    @Inject
    Rows rows;

    @Test
    void aCallWithAnUnknownKeyOrAWrongSecretIsRefused() {
        Refusal.expect(404, "InvalidAccessKeyId.NotFound", () -> clients.with("LTAI-none", "secret")
                .getRandomPassword(new GetRandomPasswordRequest()));
        String id = clients.administratorKey().getProperty("AccessKeyId");
        Refusal.expect(400, "SignatureDoesNotMatch", () -> clients.with(id, "wrong")
                .getRandomPassword(new GetRandomPasswordRequest()));
    }

    @Test
    void whomNoPolicyAllowsAnythingMayDoNothing() {
        key("LTAI-bob", "user/bob", true);
        Refusal.expect(
                403,
                "Forbidden.NoPermission",
                "This operation is forbidden by permission system. It needs kms:ListSecrets on"
                        + " acs:kms:cn-hangzhou:1000000000000001:secret, which no policy allows user/bob.",
                () -> clients.with("LTAI-bob", "bobs-secret").listSecrets(new ListSecretsRequest()));
    }

    @Test
    void someActionsTellItInTextsOrAStatusOfTheirOwnAndSoDoesADryRun() {
        key("LTAI-eve", "user/eve", true);
        Client eve = clients.with("LTAI-eve", "bobs-secret");
        Refusal.expect(
                403,
                "Forbidden.NoPermission",
                "You are not authorized to perform the operation." + missing("DescribeSecret"),
                () -> eve.describeSecret(new DescribeSecretRequest().setSecretName("any")));
        Refusal.expect(
                400,
                "Forbidden.NoPermission",
                "This operation is forbidden by permission system." + missing("GetSecretPolicy"),
                () -> eve.getSecretPolicy(new GetSecretPolicyRequest().setSecretName("any")));
        Refusal.expect(
                403,
                "AccessDeniedError",
                "This operation is forbidden by permission system." + missing("GetSecretValue"),
                () -> eve.getSecretValue(
                        new GetSecretValueRequest().setSecretName("any").setDryRun("true")));
    }

    @Test
    void aDisabledKeyIsRefused() {
        key("LTAI-off", "root", false);
        Refusal.expect(403, "InvalidAccessKeyId.Inactive", () -> clients.with("LTAI-off", "bobs-secret")
                .listSecrets(new ListSecretsRequest()));
    }

    @Test
    void anUnknownActionIsRefused() {
        Refusal refusal = Refusal.of(() -> clients.call("MakeCoffee", java.util.Map.of()));
        assertEquals("404 InvalidAction.NotFound", refusal.status() + " " + refusal.code());
    }

    private static String missing(String action) {
        return " It needs kms:" + action + " on acs:kms:cn-hangzhou:1000000000000001:secret/any,"
                + " which no policy allows user/eve.";
    }

    private void key(String id, String principal, boolean active) {
        rows.change(
                "INSERT INTO access_key VALUES (?, '1000000000000001', ?, ?, ?, calendar_now())",
                id,
                principal,
                envelope.sealAccessKey(envelope.roots().names().current(), id, SecretText.of("bobs-secret")),
                active);
    }
}
