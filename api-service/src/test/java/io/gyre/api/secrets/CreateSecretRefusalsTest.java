package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateSecretRefusalsTest {
    private static final String VALUE = "never-to-be-quoted";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void whatIsMissingIsNamed() {
        Refusal.expect(
                400,
                "MissingParameter",
                missing("SecretName"),
                () -> secrets.create(secrets.generic().setSecretName(null)));
        Refusal.expect(
                400,
                "MissingParameter",
                missing("VersionId"),
                () -> secrets.create(secrets.generic().setVersionId(null)));
        Refusal.expect(
                400,
                "MissingParameter",
                missing("SecretData"),
                () -> secrets.create(secrets.generic().setSecretData("")));
        Refusal.expect(
                400,
                "MissingParameter",
                missing("ExtendedConfig"),
                () -> secrets.create(secrets.rdsSingle().setExtendedConfig(null)));
        Refusal.expect(
                400,
                "MissingParameter",
                missing("RotationInterval"),
                () -> secrets.create(secrets.rdsSingle().setEnableAutomaticRotation(true)));
    }

    @Test
    void everyKindOfBadInputIsRefusedWithoutATraceAndWithoutBeingQuoted() {
        Map<String, CreateSecretRequest> badManaged = badManaged();
        String before = rows.everythingKept();
        badGeneric().forEach((what, change) -> expectInvalid(what, change.apply(secrets.generic())));
        badManaged.forEach(this::expectInvalid);
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void typesThatOnlyAlibabaCloudRotatesAreUnderstoodAndRefused() {
        for (String type : new String[] {"Redis", "PolarDB"}) {
            Refusal.expect(
                    400,
                    "UnsupportedOperation",
                    "This action is not supported.",
                    () -> secrets.create(secrets.generic().setSecretType(type)));
        }
    }

    @Test
    void anIntervalThatIsTooShortTooLongOrNoneIsRefused() {
        for (String interval : new String[] {"5h", "366d", "21599s", "7", "d", "-7d", "7 d", "7D", "99999999999d"}) {
            Refusal.expect(
                    400,
                    "InvalidParameter",
                    "The specified parameter RotationInterval is not valid.",
                    () -> secrets.create(
                            secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval(interval)));
        }
    }

    private static Map<String, UnaryOperator<CreateSecretRequest>> badGeneric() {
        Map<String, UnaryOperator<CreateSecretRequest>> bad = new LinkedHashMap<>();
        bad.put("name with a blank", request -> request.setSecretName("a b"));
        bad.put("name of 193 characters", request -> request.setSecretName("a".repeat(193)));
        bad.put("name of 65 Chinese characters", request -> request.setSecretName("密".repeat(65)));
        bad.put("reserved name", request -> request.setSecretName("acs/mine"));
        bad.put("version of 65 characters", request -> request.setVersionId("v".repeat(65)));
        bad.put("version with a line break", request -> request.setVersionId("v\n1"));
        bad.put("value of 30,721 bytes", request -> request.setSecretData("é".repeat(15_360) + "x"));
        bad.put("type", request -> request.setSecretType("Oracle"));
        bad.put("data type", request -> request.setSecretDataType("json"));
        bad.put("description", request -> request.setDescription("d".repeat(8193)));
        bad.put("null in the description", request -> request.setDescription("a\0b"));
        bad.put("tags", request -> request.setTags("{\"TagKey\":\"a\"}"));
        bad.put("tag key", request -> request.setTags("[{\"TagKey\":\"aliyun-x\",\"TagValue\":\"\"}]"));
        bad.put("tag twice", request -> request.setTags("[{\"TagKey\":\"a\"},{\"TagKey\":\"a\"}]"));
        bad.put("tag field", request -> request.setTags("[{\"TagKey\":\"a\",\"Value\":\"b\"}]"));
        bad.put("configuration", request -> request.setExtendedConfig(Map.of("SecretSubType", "SingleUser")));
        bad.put("automatic rotation", request -> request.setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
        return bad;
    }

    private Map<String, CreateSecretRequest> badManaged() {
        Map<String, CreateSecretRequest> bad = new LinkedHashMap<>();
        bad.put("binary", secrets.rdsSingle().setSecretDataType("binary"));
        bad.put("name of a RAM secret", secrets.ram().setSecretName("mine"));
        bad.put("name of an ECS secret", secrets.ecsPassword().setSecretName("mine"));
        bad.put("sub-type", secrets.rdsSingle().setExtendedConfig(Map.of("SecretSubType", "Password")));
        bad.put("no instance", secrets.rdsSingle().setExtendedConfig(Map.of("SecretSubType", "SingleUser")));
        bad.put(
                "another type's field",
                secrets.rdsSingle()
                        .setExtendedConfig(Map.of(
                                "SecretSubType", "SingleUser", "DBInstanceId", "rm-1", "RegionId", "cn-hangzhou")));
        bad.put(
                "another region",
                secrets.ecsPassword()
                        .setExtendedConfig(
                                Map.of("SecretSubType", "Password", "RegionId", "cn-beijing", "InstanceId", "i-1")));
        bad.put("no JSON", secrets.rdsSingle().setSecretData("{\"" + VALUE));
        bad.put("no accounts", secrets.rdsSingle().setSecretData("{\"Accounts\":[]}"));
        bad.put(
                "two accounts",
                secrets.rdsSingle().setSecretData(secrets.rdsDouble().getSecretData()));
        bad.put(
                "one account",
                secrets.rdsDouble().setSecretData(secrets.rdsSingle().getSecretData()));
        bad.put(
                "one account twice",
                secrets.rdsDouble()
                        .setSecretData("{\"Accounts\":[{\"AccountName\":\"a\",\"AccountPassword\":\"" + VALUE
                                + "\"},{\"AccountName\":\"a\",\"AccountPassword\":\"" + VALUE + "\"}]}"));
        bad.put(
                "a field twice",
                secrets.ecsPassword()
                        .setSecretData("{\"UserName\":\"a\",\"Password\":\"x\",\"Password\":\"" + VALUE + "\"}"));
        bad.put(
                "a field too many",
                secrets.ecsPassword().setSecretData("{\"UserName\":\"a\",\"Password\":\"" + VALUE + "\",\"Port\":22}"));
        bad.put("no text", secrets.ecsPassword().setSecretData("{\"UserName\":\"a\",\"Password\":12345678}"));
        bad.put(
                "half of a pair",
                secrets.ecsPassword().setSecretData("{\"UserName\":\"a\",\"Password\":\"" + VALUE + "\\ud800\"}"));
        bad.put(
                "no key pair",
                secrets.ecsKey()
                        .setSecretData("{\"UserName\":\"a\",\"PublicKey\":\"" + VALUE + "\",\"PrivateKey\":\"x\"}"));
        bad.put(
                "three AccessKeys",
                secrets.ram()
                        .setSecretData("{\"AccessKeys\":[{\"AccessKeyId\":\"a\",\"AccessKeySecret\":\"s\"},"
                                + "{\"AccessKeyId\":\"b\",\"AccessKeySecret\":\"s\"},"
                                + "{\"AccessKeyId\":\"c\",\"AccessKeySecret\":\"" + VALUE + "\"}]}"));
        return bad;
    }

    private void expectInvalid(String what, CreateSecretRequest request) {
        Refusal refusal = Refusal.of(() -> clients.current().createSecret(request));
        assertEquals("400 InvalidParameter", refusal.status() + " " + refusal.code(), what + ": " + refusal);
        assertFalse(refusal.message().contains(VALUE), what);
    }

    private static String missing(String parameter) {
        return "The parameter \"" + parameter + "\" is needed but not provided.";
    }
}
