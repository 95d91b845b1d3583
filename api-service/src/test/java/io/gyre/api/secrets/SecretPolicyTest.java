package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretPolicyRequest;
import com.aliyun.kms20160120.models.SetSecretPolicyRequest;
import com.aliyuncs.http.FormatType;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class SecretPolicyTest {
    private static final String DEFAULT = "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"kms default secret policy\","
            + "\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\"acs:ram::1000000000000001:*\"]},"
            + "\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}";

    private static final String OWN = "{ \"Version\":\"1\",\"Statement\":[{\"Sid\":\"readers\",\"Effect\":\"Deny\","
            + "\"Principal\":{\"RAM\":[\"acs:ram::1000000000000001:user/app\",\"acs:ram::42:role/reader\"]},"
            + "\"Action\":\"kms:GetSecretValue\",\"Resource\":\"*\","
            + "\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":[\"10.0.0.0/8\",\"192.168.0.1\"]}}}]}";

    private static final String UNSUPPORTED = "The specified key does not support key policy.";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    Rows rows;

    @Test
    void untilOneIsSetTheDefaultPolicyHoldsAndItCanBeSetAgain() throws Exception {
        String name = inAnInstance(null);
        assertEquals(DEFAULT, policy(name));
        set(name, OWN);
        assertEquals(OWN, policy(name));
        set(name, DEFAULT);
        assertEquals(DEFAULT, policy(name));
    }

    @Test
    void aSecretCanBeCreatedWithItsPolicy() throws Exception {
        assertEquals(OWN, policy(inAnInstance(OWN)));
        Refusal.expect(400, "InvalidParameter", () -> inAnInstance("{}"));
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void theElderSdkReadsAPolicyAsItWasSet(FormatType format) throws Exception {
        var request = clients.here(new com.aliyuncs.kms.model.v20160120.GetSecretPolicyRequest(), format);
        request.setSecretName(inAnInstance(OWN));
        assertEquals(OWN, clients.legacy().getAcsResponse(request).getPolicy());
    }

    @Test
    void onlySecretsOfAnInstanceHavePolicies() throws Exception {
        String name = secrets.create(secrets.generic());
        String before = rows.everythingKept();
        Refusal.expect(400, "Forbidden.KeyPolicyUnSupported", UNSUPPORTED, () -> set(name, OWN));
        Refusal.expect(400, "Forbidden.KeyPolicyUnSupported", UNSUPPORTED, () -> policy(name));
        Refusal.expect(
                400,
                "Forbidden.KeyPolicyUnSupported",
                UNSUPPORTED,
                () -> secrets.create(secrets.generic().setPolicy(OWN)));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> policy("absent"));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whatIsNoPolicyIsRefused() throws Exception {
        String name = inAnInstance(null);
        List<String> bad = List.of(
                "x",
                "[]",
                "{}",
                DEFAULT.replace("\"1\"", "\"2\""),
                "{\"Version\":\"1\",\"Statement\":[]}",
                "{\"Version\":\"1\",\"Statement\":{}}",
                "{\"Version\":\"1\",\"Statement\":[1]}",
                DEFAULT.replace("kms default secret policy", "a;b"),
                DEFAULT.replace("kms default secret policy", "x".repeat(129)),
                DEFAULT.replace("Allow", "allow"),
                DEFAULT.replace("\"Principal\":{\"RAM\":[\"acs:ram::1000000000000001:*\"]},", ""),
                DEFAULT.replace("[\"acs:ram::1000000000000001:*\"]", "[]"),
                DEFAULT.replace("acs:ram::1000000000000001:*", "1000000000000001"),
                DEFAULT.replace("\"RAM\"", "\"AWS\""),
                DEFAULT.replace("kms:*", "ram:*"),
                DEFAULT.replace("kms:*", "*"),
                DEFAULT.replace("[\"kms:*\"]", "[]"),
                DEFAULT.replace("[\"*\"]", "[\"acs:kms:*:*:secret/a\"]"),
                DEFAULT.replace("\"Resource\":[\"*\"]", "\"NotResource\":[\"*\"]"),
                OWN.replace("IpAddress", "IpNear"),
                OWN.replace("[\"10.0.0.0/8\",\"192.168.0.1\"]", "10"),
                OWN.replace("acs:SourceIp", "SourceIp"),
                OWN + " ".repeat(32_768));
        for (String policy : bad) {
            Refusal.expect(400, "InvalidParameter", () -> set(name, policy));
        }
        Refusal.expect(400, "MissingParameter", () -> set(name, ""));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .setSecretPolicy(new SetSecretPolicyRequest()
                        .setSecretName(name)
                        .setPolicyName("other")
                        .setPolicy(OWN)));
        assertEquals(DEFAULT, policy(name));
    }

    @Test
    void whileItIsPlannedForDeletionThePolicyIsToldAndNotChanged() throws Exception {
        String name = inAnInstance(OWN);
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(name));
        Refusal.expect(409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid", () -> set(name, DEFAULT));
        assertEquals(OWN, policy(name));
    }

    private String inAnInstance(String policy) throws Exception {
        return secrets.create(
                secrets.generic().setDKMSInstanceId(instances.create()).setPolicy(policy));
    }

    private void set(String name, String policy) throws Exception {
        clients.current()
                .setSecretPolicy(new SetSecretPolicyRequest()
                        .setSecretName(name)
                        .setPolicyName("default")
                        .setPolicy(policy));
    }

    private String policy(String name) throws Exception {
        return clients.current()
                .getSecretPolicy(
                        new GetSecretPolicyRequest().setSecretName(name).setPolicyName("default"))
                .getBody()
                .getPolicy();
    }
}
