package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GetSecretValueTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void aValueComesBackAsItWasGivenUpToThirtyKibibytes() throws Exception {
        String value = "é<&>\"'\\\n\t ~*+%=".repeat(1_500) + "x".repeat(30_720 - 1_500 * 17);
        String name = secrets.create(secrets.generic().setSecretData(value).setSecretDataType("binary"));
        GetSecretValueResponseBody answer = get(new GetSecretValueRequest().setSecretName(name));
        assertEquals(value, answer.getSecretData());
        assertEquals("binary", answer.getSecretDataType());
        assertEquals(List.of("ACSCurrent"), answer.getVersionStages().getVersionStage());
    }

    @Test
    void aManagedSecretAnswersOneCredentialInTheFormOfItsType() throws Exception {
        assertEquals(
                "{\"AccountName\":\"app_a\",\"AccountPassword\":\"rds-password-a\"}", current(secrets.rdsDouble()));
        assertEquals("{\"UserName\":\"root\",\"Password\":\"ecs-password-1\"}", current(secrets.ecsPassword()));
        assertTrue(current(secrets.ecsKey()).contains("\"PrivateKey\":\"-----BEGIN PRIVATE KEY-----\\n"));
        assertTrue(current(secrets.ram())
                .matches("\\{\"AccessKeyId\":\"LTAI1\",\"AccessKeySecret\":\"ram-secret-1\","
                        + "\"GenerateTimestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}"));
    }

    @Test
    void theOtherOneOfAPairIsAnsweredAsPrevious() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        GetSecretValueResponseBody answer =
                get(new GetSecretValueRequest().setSecretName(name).setVersionStage("ACSPrevious"));
        assertEquals("{\"AccountName\":\"app_b\",\"AccountPassword\":\"rds-password-b\"}", answer.getSecretData());
    }

    @Test
    void theConfigurationIsAnsweredWhereItIsAskedFor() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        assertNull(get(new GetSecretValueRequest().setSecretName(name)).getExtendedConfig());
        assertEquals(
                "{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"" + Secrets.instanceOf("rm", name)
                        + "\",\"CustomData\":{\"team\":\"payments\"}}",
                get(new GetSecretValueRequest().setSecretName(name).setFetchExtendedConfig(true))
                        .getExtendedConfig());
    }

    @Test
    void aSecretIsAlsoFoundByItsArn() throws Exception {
        String name = secrets.create(secrets.generic());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        assertEquals(
                "first value",
                get(new GetSecretValueRequest().setSecretName(arn)).getSecretData());
        expectNotFound(new GetSecretValueRequest().setSecretName(arn.replace("1000000000000001", "2")));
    }

    @Test
    void versionAndStageMustAgree() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId("v2")
                        .setSecretData("second value"));
        GetSecretValueRequest request = new GetSecretValueRequest().setSecretName(name);
        assertEquals("first value", get(request.setVersionId("v1")).getSecretData());
        assertEquals("first value", get(request.setVersionStage("ACSPrevious")).getSecretData());
        expectNotFound(request.setVersionStage("ACSCurrent"));
        expectNotFound(new GetSecretValueRequest().setSecretName(name).setVersionId("v3"));
        expectNotFound(new GetSecretValueRequest().setSecretName(name).setVersionStage("Mine"));
    }

    @Test
    void aManagedSecretIgnoresTheVersionAndKnowsTwoStages() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        GetSecretValueRequest request =
                new GetSecretValueRequest().setSecretName(name).setVersionId("v99");
        assertEquals("v1", get(request).getVersionId());
        Refusal.expect(400, "InvalidParameter", () -> get(request.setVersionStage("Mine")));
        expectNotFound(new GetSecretValueRequest().setSecretName(name).setVersionStage("ACSPrevious"));
    }

    @Test
    void aSecretInItsDeleteWindowIsNotHandedOut() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(name));
        for (String stage : new String[] {null, "ACSCurrent", "Mine"}) {
            Refusal.expect(
                    409,
                    "Rejected.ResourceInDeleteWindow",
                    "secret in delete peroid",
                    () -> get(new GetSecretValueRequest().setSecretName(name).setVersionStage(stage)));
        }
    }

    @Test
    void aDryRunAlwaysFailsAndSaysWhatWouldHappen() throws Exception {
        String name = secrets.create(secrets.generic());
        Refusal.expect(
                400,
                "DryRunOperationError",
                () -> get(new GetSecretValueRequest().setSecretName(name).setDryRun("true")));
        Refusal.expect(
                400,
                "ValidationError",
                "Forbidden.ResourceNotFound: Resource not found.",
                () -> get(new GetSecretValueRequest().setSecretName("absent").setDryRun("true")));
    }

    @Test
    void aDisabledKeyIsSaidSo() throws Exception {
        String key = clients.current()
                .createKey(new com.aliyun.kms20160120.models.CreateKeyRequest())
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        String name = secrets.create(secrets.generic().setEncryptionKeyId(key));
        rows.change("UPDATE kms_key SET key_state = 'Disabled' WHERE key_id = ?", key);
        Refusal.expect(
                409,
                "Rejected.Disabled",
                "The request was rejected because the key state is Disabled.",
                () -> get(new GetSecretValueRequest().setSecretName(name)));
    }

    private String current(com.aliyun.kms20160120.models.CreateSecretRequest request) throws Exception {
        return get(new GetSecretValueRequest().setSecretName(secrets.create(request)))
                .getSecretData();
    }

    private void expectNotFound(GetSecretValueRequest request) {
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> get(request));
    }

    private GetSecretValueResponseBody get(GetSecretValueRequest request) throws Exception {
        return clients.current().getSecretValue(request).getBody();
    }
}
