package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.CreateSecretResponseBody;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CreateSecretTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void aGenericSecretIsAnsweredWithItsArnNameVersionAndType() throws Exception {
        CreateSecretRequest request = secrets.generic();
        CreateSecretResponseBody created =
                clients.current().createSecret(request).getBody();
        assertEquals("acs:kms:cn-hangzhou:1000000000000001:secret/" + request.getSecretName(), created.getArn());
        assertEquals(request.getSecretName(), created.getSecretName());
        assertEquals("v1", created.getVersionId());
        assertEquals("Generic", created.getSecretType());
        assertNull(created.getAutomaticRotation());
        assertNull(created.getExtendedConfig());
    }

    @Test
    void aRamSecretIsNamedAfterItsUserAndSaysHowItIsRotated() throws Exception {
        CreateSecretRequest request =
                secrets.ram().setEnableAutomaticRotation(true).setRotationInterval("7d");
        CreateSecretResponseBody created =
                clients.current().createSecret(request).getBody();
        assertEquals("acs/ram/user/" + request.getExtendedConfig().get("UserName"), created.getSecretName());
        assertEquals("Enabled", created.getAutomaticRotation());
        assertEquals("604800s", created.getRotationInterval());
        assertTrue(created.getNextRotationDate().matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z"));
        assertEquals(
                "{\"SecretSubType\":\"RamUserAccessKey\",\"UserName\":\""
                        + request.getExtendedConfig().get("UserName") + "\",\"CustomData\":{}}",
                created.getExtendedConfig());
    }

    @Test
    void everyTypeIsCreatedFromTheFormThatItsDocumentationGives() throws Exception {
        for (CreateSecretRequest request : List.of(
                secrets.rdsSingle(), secrets.rdsDouble(), secrets.ram(), secrets.ecsPassword(), secrets.ecsKey())) {
            assertEquals(
                    request.getSecretType(),
                    clients.current().createSecret(request).getBody().getSecretType());
        }
    }

    @Test
    void ofTwoCredentialsTheFirstIsCurrentAndTheSecondPrevious() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        assertEquals(List.of("ACSCurrent v1 app_a", "ACSPrevious ? app_b"), stages(name));
        String ram = secrets.create(secrets.ram()
                .setSecretData("{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI1\",\"AccessKeySecret\":\"s1\"},"
                        + "{\"AccessKeyId\":\"LTAI2\",\"AccessKeySecret\":\"s2\"}]}"));
        assertEquals(List.of("ACSCurrent v1 LTAI1", "ACSPrevious ? LTAI2"), stages(ram));
    }

    @Test
    void aTakenNameIsRefused() throws Exception {
        CreateSecretRequest request = secrets.generic();
        secrets.create(request);
        Refusal.expect(409, "Rejected.ResourceExist", "The resource already exists.", () -> clients.current()
                .createSecret(request));
    }

    @Test
    void aNameInItsDeleteWindowIsRefused() throws Exception {
        CreateSecretRequest request = secrets.generic();
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(secrets.create(request)));
        Refusal.expect(
                409, "Rejected.ResourceInDeleteWindow", "The secret is planned to be deleted.", () -> clients.current()
                        .createSecret(request));
    }

    @Test
    void ofTwentyAtOnceWithOneNameOneIsCreated() throws Exception {
        CreateSecretRequest request = secrets.generic();
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            Callable<String> call = () -> {
                try {
                    clients.current().createSecret(request);
                    return "created";
                } catch (com.aliyun.tea.TeaException refusal) {
                    return refusal.getCode();
                }
            };
            Map<String, Long> outcomes = callers.invokeAll(java.util.Collections.nCopies(20, call)).stream()
                    .map(CreateSecretTest::outcome)
                    .collect(java.util.stream.Collectors.groupingBy(
                            outcome -> outcome, java.util.stream.Collectors.counting()));
            assertEquals(Map.of("created", 1L, "Rejected.ResourceExist", 19L), outcomes);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void secretsWithoutAKeyShareTheServiceKeyOfTheAccount() throws Exception {
        String first = secrets.create(secrets.generic());
        String second = secrets.create(secrets.generic());
        assertEquals(key(first), key(second));
        assertEquals(
                1,
                rows.count("SELECT count(*) FROM kms_key k JOIN kms_key used USING (instance_id)"
                        + " WHERE k.service_key AND used.key_id = '" + key(first) + "'"));
    }

    @Test
    void anUnknownKeyOrInstanceIsRefused() {
        Refusal.expect(
                404,
                "Forbidden.KeyNotFound",
                "The specified Key is not found.",
                () -> secrets.create(secrets.generic().setEncryptionKeyId("no-such-key")));
        Refusal.expect(
                403,
                "Forbidden.DKMSInstanceNotFound",
                "The specified DKMS Instance is not found.",
                () -> secrets.create(secrets.generic().setDKMSInstanceId("kst-none")));
        Refusal.expect(
                403,
                "Forbidden.DKMSInstanceNotFound",
                () -> secrets.create(secrets.generic().setDKMSInstanceId("shared/1000000000000001")));
        Refusal.expect(
                403,
                "Forbidden.DKMSInstanceNotFound",
                () -> secrets.create(secrets.generic().setDKMSInstanceId("kst\0none")));
    }

    private String key(String name) throws Exception {
        return clients.current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name))
                .getBody()
                .getEncryptionKeyId();
    }

    private List<String> stages(String name) {
        return rows
                .texts(
                        "SELECT stage || ' ' || version_id || ' ' || credential_name FROM secret"
                                + " JOIN secret_stage USING (secret_id) JOIN secret_version USING (secret_id, version_id)"
                                + " WHERE name = ? ORDER BY stage",
                        name)
                .stream()
                .map(row -> row.replaceFirst(" [0-9a-f-]{36} ", " ? "))
                .toList();
    }

    private static String outcome(java.util.concurrent.Future<String> call) {
        try {
            return call.get();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
