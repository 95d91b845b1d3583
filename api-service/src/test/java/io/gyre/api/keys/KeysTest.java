package io.gyre.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyResponseBody.CreateKeyResponseBodyKeyMetadata;
import com.aliyun.kms20160120.models.DescribeKeyRequest;
import com.aliyun.kms20160120.models.DescribeKeyResponseBody.DescribeKeyResponseBodyKeyMetadata;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetKeyPolicyRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.SetKeyPolicyRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysTest {
    private static final String DEFAULT_POLICY =
            "{\"Version\":\"1\",\"Statement\":[{\"Sid\":\"kms default key policy\","
                    + "\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\"acs:ram::1000000000000001:*\"]},"
                    + "\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Instances instances;

    @Inject
    Rows rows;

    @Test
    void aKeyIsMadeAndDescribedByIdAndArn() throws Exception {
        CreateKeyResponseBodyKeyMetadata made = clients.current()
                .createKey(new CreateKeyRequest().setDescription("for tests"))
                .getBody()
                .getKeyMetadata();
        assertEquals("acs:kms:cn-hangzhou:1000000000000001:key/" + made.getKeyId(), made.getArn());
        for (String name : List.of(made.getKeyId(), made.getArn())) {
            DescribeKeyResponseBodyKeyMetadata described = describe(name);
            assertEquals(made.getKeyId(), described.getKeyId());
            assertEquals("for tests", described.getDescription());
            assertEquals("Aliyun_AES_256", described.getKeySpec());
            assertEquals("ENCRYPT/DECRYPT", described.getKeyUsage());
            assertEquals("Enabled", described.getKeyState());
            assertEquals("Aliyun_KMS", described.getOrigin());
            assertEquals("SOFTWARE", described.getProtectionLevel());
            assertEquals("1000000000000001", described.getCreator());
            assertEquals("", described.getDeleteDate());
            assertNull(described.getDKMSInstanceId());
        }
    }

    @Test
    void aKeyCanBeMadeWithTagsAndARotationPolicy() throws Exception {
        String key = keys.create(new CreateKeyRequest()
                .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]")
                .setEnableAutomaticRotation(true)
                .setRotationInterval("365d"));
        assertEquals(
                "[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]",
                rows.text("SELECT tags FROM kms_key WHERE key_id = ?", key));
        DescribeKeyResponseBodyKeyMetadata described = describe(key);
        assertEquals("Enabled", described.getAutomaticRotation());
        assertEquals("31536000s", described.getRotationInterval());
        assertEquals(
                Instant.parse(described.getCreationDate()).plus(Duration.ofDays(365)),
                Instant.parse(described.getNextRotationDate()));
    }

    @Test
    void keysOfAnInstanceHavePoliciesAndOthersHaveNone() throws Exception {
        String policy = DEFAULT_POLICY.replace("kms default key policy", "mine");
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        assertEquals(instance, describe(key).getDKMSInstanceId());
        assertEquals(DEFAULT_POLICY, policy(key));
        clients.current()
                .setKeyPolicy(new SetKeyPolicyRequest()
                        .setKeyId(key)
                        .setPolicyName("default")
                        .setPolicy(policy));
        assertEquals(policy, policy(key));
        assertEquals(
                policy,
                policy(keys.create(
                        new CreateKeyRequest().setDKMSInstanceId(instance).setPolicy(policy))));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .setKeyPolicy(new SetKeyPolicyRequest().setKeyId(key).setPolicy("{}")));
        String shared = keys.create();
        Refusal.expect(400, "Forbidden.KeyPolicyUnSupported", () -> policy(shared));
        Refusal.expect(400, "Forbidden.KeyPolicyUnSupported", () -> clients.current()
                .setKeyPolicy(new SetKeyPolicyRequest().setKeyId(shared).setPolicy(policy)));
    }

    @Test
    void aSecretIsEncryptedWithTheKeyThatItNames() throws Exception {
        String key = clients.current()
                .createKey(new CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getArn();
        String name = secrets.create(secrets.generic().setEncryptionKeyId(key));
        assertEquals(
                "first value",
                clients.current()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData());
        assertEquals(
                key.substring(key.lastIndexOf('/') + 1),
                clients.current()
                        .describeSecret(new DescribeSecretRequest().setSecretName(name))
                        .getBody()
                        .getEncryptionKeyId());
    }

    @Test
    void anUnknownKeyOrAliasIsSaidSo() {
        Refusal.expect(404, "Forbidden.KeyNotFound", "The specified Key is not found.", () -> describe("absent"));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> describe("acs:kms:cn-hangzhou:2:key/absent"));
        Refusal.expect(
                404, "Forbidden.AliasNotFound", "The specified Alias is not found.", () -> describe("alias/absent"));
        Refusal.expect(400, "MissingParameter", () -> describe(""));
    }

    @Test
    void whatAKeyCannotBeIsRefusedWithoutATrace() {
        String before = rows.everythingKept();
        for (CreateKeyRequest unsupported : List.of(
                new CreateKeyRequest().setKeySpec("EC_SM2"),
                new CreateKeyRequest().setKeySpec("Aliyun_SM4"),
                new CreateKeyRequest().setOrigin("EXTERNAL"),
                new CreateKeyRequest().setProtectionLevel("HSM"))) {
            Refusal.expect(400, "UnsupportedOperation", "This action is not supported.", () -> clients.current()
                    .createKey(unsupported));
        }
        for (CreateKeyRequest invalid : List.of(
                new CreateKeyRequest().setKeySpec("DES"),
                new CreateKeyRequest().setKeyUsage("encrypt"),
                new CreateKeyRequest().setKeyUsage("SIGN/VERIFY"),
                new CreateKeyRequest().setKeySpec("EC_P256").setKeyUsage("ENCRYPT/DECRYPT"),
                new CreateKeyRequest().setKeySpec("RSA_2048").setKeyUsage("sign"),
                new CreateKeyRequest().setTags("{}"),
                new CreateKeyRequest().setEnableAutomaticRotation(true).setRotationInterval("6d"),
                new CreateKeyRequest().setEnableAutomaticRotation(true).setRotationInterval("731d"),
                new CreateKeyRequest().setDescription("d".repeat(8193)))) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current().createKey(invalid));
        }
        Refusal.expect(400, "MissingParameter", () -> clients.current()
                .createKey(new CreateKeyRequest().setEnableAutomaticRotation(true)));
        Refusal.expect(400, "Forbidden.KeyPolicyUnSupported", () -> clients.current()
                .createKey(new CreateKeyRequest().setPolicy("{}")));
        Refusal.expect(403, "Forbidden.DKMSInstanceNotFound", () -> clients.current()
                .createKey(new CreateKeyRequest().setDKMSInstanceId("kst-none")));
        assertEquals(before, rows.everythingKept());
    }

    private String policy(String key) throws Exception {
        return clients.current()
                .getKeyPolicy(new GetKeyPolicyRequest().setKeyId(key).setPolicyName("default"))
                .getBody()
                .getPolicy();
    }

    private DescribeKeyResponseBodyKeyMetadata describe(String name) throws Exception {
        return clients.current()
                .describeKey(new DescribeKeyRequest().setKeyId(name))
                .getBody()
                .getKeyMetadata();
    }
}
