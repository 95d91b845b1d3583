package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRequest;
import com.aliyuncs.http.FormatType;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UpdateSecretTest {
    private static String place(String name) {
        return "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"" + Secrets.instanceOf("rm", name)
                + "\",\"CustomData\":";
    }

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void theDescriptionIsReplacedAndCanBeEmptied() throws Exception {
        String name = secrets.create(secrets.generic().setDescription("before"));
        assertEquals(name, update(new UpdateSecretRequest().setSecretName(name).setDescription("密码 after")));
        assertEquals("密码 after", describe(name).getDescription());
        update(new UpdateSecretRequest().setSecretName(name));
        assertEquals("密码 after", describe(name).getDescription());
        update(new UpdateSecretRequest().setSecretName(name).setDescription(""));
        assertEquals("", describe(name).getDescription());
    }

    @Test
    void theCurrentSdksPairsReplaceAllFormerOnes() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        Map<String, Object> pairs = new LinkedHashMap<>();
        pairs.put("DBName", "app1");
        pairs.put("Port", "3306");
        update(new UpdateSecretRequest()
                .setSecretName(name)
                .setExtendedConfig(new UpdateSecretRequest.UpdateSecretRequestExtendedConfig().setCustomData(pairs)));
        assertEquals(
                place(name) + "{\"DBName\":\"app1\",\"Port\":\"3306\"}}",
                describe(name).getExtendedConfig());
    }

    @Test
    void theElderSdksJsonReplacesAllFormerPairs() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        com.aliyuncs.kms.model.v20160120.UpdateSecretRequest request =
                new com.aliyuncs.kms.model.v20160120.UpdateSecretRequest();
        request.setSecretName(name);
        request.setExtendedConfigCustomData("{\"DBName\":\"app2\"}");
        assertEquals(
                name,
                clients.legacy()
                        .getAcsResponse(clients.here(request, FormatType.JSON))
                        .getSecretName());
        assertEquals(place(name) + "{\"DBName\":\"app2\"}}", describe(name).getExtendedConfig());
        request.setExtendedConfigCustomData("{}");
        clients.legacy().getAcsResponse(clients.here(request, FormatType.JSON));
        assertEquals(place(name) + "{}}", describe(name).getExtendedConfig());
    }

    @Test
    void pairsThatARotationCouldNotFollowAreRefused() throws Exception {
        String ecs = secrets.create(secrets.ecsKey());
        String before = rows.everythingKept();
        Refusal.expect(
                400,
                "InvalidParameter",
                "some of the specified parameters \"ExtendedConfig\" is not valid: its CustomData.SshPort must be a number"
                        + " from 1 to 65535.",
                () -> custom(ecs, "{\"SshPort\":\"ssh\"}"));
        for (String bad :
                List.of("[]", "x", "{\"a\":{}}", "{\"a\":\"\\u0000\"}", "{\"a\":1,\"a\":2}", eleven(), long1000())) {
            Refusal.expect(400, "InvalidParameter", () -> custom(ecs, bad));
        }
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> clients.call(
                        "UpdateSecret",
                        Map.of(
                                "SecretName",
                                ecs,
                                "ExtendedConfig.CustomData",
                                "{}",
                                "ExtendedConfig.CustomData.a",
                                "b")));
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> clients.call(
                        "UpdateSecret", Map.of("SecretName", ecs, "ExtendedConfig", "{\"InstanceId\":\"i-2\"}")));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whatCannotBeUpdatedStays() throws Exception {
        String generic = secrets.create(secrets.generic());
        String deleted = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        String before = rows.everythingKept();
        Refusal.expect(400, "UnsupportedOperation", () -> custom(generic, "{\"a\":\"b\"}"));
        Refusal.expect(
                409,
                "Rejected.ResourceInDeleteWindow",
                "secret in delete peroid",
                () -> update(new UpdateSecretRequest().setSecretName(deleted).setDescription("x")));
        Refusal.expect(
                404,
                "Forbidden.ResourceNotFound",
                "Resource not found.",
                () -> update(new UpdateSecretRequest().setSecretName("absent").setDescription("x")));
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> update(new UpdateSecretRequest().setSecretName(generic).setDescription("x".repeat(8193))));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void aRotationThatRunsGoesOnWithWhatItBeganWith() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        List<String> target = rows.activeRotation("target", name);
        custom(name, "{\"team\":\"orders\"}");
        assertEquals(place(name) + "{\"team\":\"orders\"}}", describe(name).getExtendedConfig());
        assertEquals(target, rows.activeRotation("target", name));
    }

    private static String eleven() {
        StringBuilder json = new StringBuilder("{\"a0\":\"\"");
        for (int i = 1; i <= 10; i++) {
            json.append(",\"a").append(i).append("\":\"\"");
        }
        return json + "}";
    }

    private static String long1000() {
        return "{\"a\":\"" + "x".repeat(1000) + "\"}";
    }

    private void custom(String name, String json) throws Exception {
        clients.call("UpdateSecret", Map.of("SecretName", name, "ExtendedConfig.CustomData", json));
    }

    private String update(UpdateSecretRequest request) throws Exception {
        return clients.current().updateSecret(request).getBody().getSecretName();
    }

    private DescribeSecretResponseBody describe(String name) throws Exception {
        return clients.current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name))
                .getBody();
    }
}
