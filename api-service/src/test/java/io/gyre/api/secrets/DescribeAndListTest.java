package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import com.aliyun.kms20160120.models.ListSecretVersionIdsResponseBody;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.ListSecretsResponseBody;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DescribeAndListTest {
    private static final String TAGS = "[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Test
    void aDescriptionTellsAllButTheValue() throws Exception {
        String name = secrets.create(secrets.rdsSingle()
                .setDescription("for tests")
                .setTags(TAGS)
                .setEnableAutomaticRotation(true)
                .setRotationInterval("12h"));
        DescribeSecretResponseBody answer = describe(new DescribeSecretRequest().setSecretName(name));
        assertEquals("acs:kms:cn-hangzhou:1000000000000001:secret/" + name, answer.getArn());
        assertEquals("Rds", answer.getSecretType());
        assertEquals("for tests", answer.getDescription());
        assertNotNull(answer.getEncryptionKeyId());
        assertEquals(answer.getCreateTime(), answer.getUpdateTime());
        assertEquals("Enabled", answer.getAutomaticRotation());
        assertEquals("43200s", answer.getRotationInterval());
        assertNotNull(answer.getNextRotationDate());
        assertNull(answer.getLastRotationDate());
        assertEquals(
                "{\"SecretSubType\":\"SingleUser\",\"DBInstanceId\":\"" + Secrets.instanceOf("rm", name)
                        + "\",\"CustomData\":{}}",
                answer.getExtendedConfig());
        assertNull(answer.getTags());
        assertNull(answer.getPlannedDeleteTime());
        assertNull(answer.getDKMSInstanceId());
    }

    @Test
    void tagsAreToldWhereTheyAreAskedFor() throws Exception {
        String name = secrets.create(secrets.generic().setTags(TAGS));
        var tag = describe(new DescribeSecretRequest().setSecretName(name).setFetchTags("true"))
                .getTags()
                .getTag()
                .get(0);
        assertEquals("team=payments", tag.getTagKey() + "=" + tag.getTagValue());
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> describe(new DescribeSecretRequest().setSecretName(name).setFetchTags("yes")));
    }

    @Test
    void aSecretInItsDeleteWindowIsDescribedWithItsDate() throws Exception {
        String name = secrets.create(secrets.generic());
        String planned = clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name))
                .getBody()
                .getPlannedDeleteTime();
        assertEquals(
                planned,
                describe(new DescribeSecretRequest().setSecretName(name)).getPlannedDeleteTime());
    }

    @Test
    void anAbsentSecretIsNotDescribed() {
        Refusal.expect(
                404,
                "Forbidden.ResourceNotFound",
                "Resource not found.",
                () -> describe(new DescribeSecretRequest().setSecretName("absent")));
        Refusal.expect(400, "MissingParameter", () -> describe(new DescribeSecretRequest()));
    }

    @Test
    void aListComesInPagesWithTheTotal() throws Exception {
        for (int i = 1; i <= 5; i++) {
            secrets.create(secrets.generic().setSecretName("a-page-of/" + i));
        }
        String filter = "[{\"Key\":\"SecretName\",\"Values\":[\"a-page-of/\"]}]";
        ListSecretsResponseBody second =
                list(new ListSecretsRequest().setFilters(filter).setPageSize(2).setPageNumber(2));
        assertEquals(List.of("a-page-of/3", "a-page-of/4"), names(second));
        assertEquals(5, second.getTotalCount());
        assertEquals(2, second.getPageNumber());
        assertEquals(2, second.getPageSize());
        ListSecretsResponseBody beyond =
                list(new ListSecretsRequest().setFilters(filter).setPageNumber(9));
        assertEquals(List.of(), names(beyond));
        assertEquals(5, beyond.getTotalCount());
    }

    @Test
    void aSecretOfAnInstanceIsFoundByIt() throws Exception {
        String instance = instances.create();
        String name = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        assertEquals(List.of(name), filtered("{\"Key\":\"DKMSInstanceId\",\"Values\":[\"" + instance + "\"]}"));
        assertEquals(
                instance,
                describe(new DescribeSecretRequest().setSecretName(name)).getDKMSInstanceId());
    }

    @Test
    void theValuesOfAKeyAreAlternativesAndTheKeysHoldTogether() throws Exception {
        secrets.create(secrets.generic()
                .setSecretName("filtered/a")
                .setDescription("one % two")
                .setTags(TAGS));
        secrets.create(secrets.generic().setSecretName("filtered/b").setDescription("other"));
        secrets.create(secrets.rdsSingle().setSecretName("filtered/c").setTags(TAGS));
        String prefix = "{\"Key\":\"SecretName\",\"Values\":[\"filtered/\"]}";
        assertEquals(List.of("filtered/a", "filtered/b", "filtered/c"), filtered(prefix));
        assertEquals(
                List.of("filtered/b", "filtered/c"),
                filtered("{\"Key\":\"SecretName\",\"Values\":[\"filtered/b\",\"filtered/c\",\"nothing\"]}"));
        assertEquals(List.of("filtered/a"), filtered(prefix + ",{\"Key\":\"Description\",\"Values\":[\"one %\"]}"));
        assertEquals(List.of(), filtered(prefix + ",{\"Key\":\"Description\",\"Values\":[\"%\"]}"));
        assertEquals(
                List.of("filtered/a", "filtered/c"), filtered(prefix + ",{\"Key\":\"TagKey\",\"Values\":[\"team\"]}"));
        assertEquals(
                List.of("filtered/c"),
                filtered(prefix + ",{\"Key\":\"TagValue\",\"Values\":[\"payments\"]},"
                        + "{\"Key\":\"SecretType\",\"Values\":[\"Rds\"]}"));
        assertEquals(List.of(), filtered(prefix + ",{\"Key\":\"TagValue\",\"Values\":[\"pay\"]}"));
        assertEquals(List.of(), filtered(prefix + ",{\"Key\":\"DKMSInstanceId\",\"Values\":[\"kst-1\"]}"));
        assertEquals(
                List.of("filtered/a", "filtered/b", "filtered/c"),
                filtered(prefix + ",{\"Key\":\"Description\",\"Values\":[]}"));
        assertEquals(List.of("filtered/c"), filtered(prefix + ",{\"Key\":\"SecretType\",\"Values\":[\"RDS\"]}"));
        assertEquals(
                List.of("filtered/a", "filtered/b", "filtered/c"),
                filtered(prefix + ",{\"Key\":\"Creator\",\"Values\":[\"1000000000000001\"]}"));
        assertEquals(List.of(), filtered(prefix + ",{\"Key\":\"Creator\",\"Values\":[\"2\"]}"));
    }

    @Test
    void badPagesAndFiltersAreRefused() {
        for (ListSecretsRequest bad : List.of(
                new ListSecretsRequest().setPageNumber(0),
                new ListSecretsRequest().setPageSize(101),
                new ListSecretsRequest().setFilters("{}"),
                new ListSecretsRequest().setFilters("[{\"Key\":\"Colour\",\"Values\":[\"a\"]}]"),
                new ListSecretsRequest().setFilters("[{\"Key\":\"SecretName\",\"Values\":\"a\"}]"),
                new ListSecretsRequest().setFilters("[{\"Key\":\"SecretName\",\"Values\":[\"\"]}]"),
                new ListSecretsRequest()
                        .setFilters("[{\"Key\":\"SecretName\",\"Values\":[\"" + "a".repeat(193) + "\"]}]"),
                new ListSecretsRequest().setFilters("[{\"Key\":\"SecretName\",\"Values\":[\"a b\"]}]"),
                new ListSecretsRequest().setFilters("[{\"Key\":\"TagKey\",\"Values\":[\"a%\"]}]"),
                new ListSecretsRequest()
                        .setFilters("[{\"Key\":\"Description\",\"Values\":[\"" + "a".repeat(257) + "\"]}]"),
                new ListSecretsRequest()
                        .setFilters("[{\"Key\":\"TagKey\",\"Values\":[" + "\"a\",".repeat(10) + "\"a\"]}]"))) {
            Refusal.expect(400, "InvalidParameter", () -> list(bad));
        }
    }

    @Test
    void versionsWithoutALabelAreListedWhereTheyAreAskedFor() throws Exception {
        String name = secrets.create(secrets.generic());
        for (int i = 2; i <= 3; i++) {
            clients.current()
                    .putSecretValue(new PutSecretValueRequest()
                            .setSecretName(name)
                            .setVersionId("v" + i)
                            .setSecretData("value"));
        }
        ListSecretVersionIdsRequest request = new ListSecretVersionIdsRequest().setSecretName(name);
        assertEquals(List.of("v3 [ACSCurrent]", "v2 [ACSPrevious]"), versions(request));
        assertEquals(
                List.of("v3 [ACSCurrent]", "v2 [ACSPrevious]", "v1 []"),
                versions(request.setIncludeDeprecated("true")));
        assertEquals(List.of("v1 []"), versions(request.setPageSize(2).setPageNumber(2)));
        Refusal.expect(
                404,
                "Forbidden.ResourceNotFound",
                () -> versions(new ListSecretVersionIdsRequest().setSecretName("absent")));
    }

    private DescribeSecretResponseBody describe(DescribeSecretRequest request) throws Exception {
        return clients.current().describeSecret(request).getBody();
    }

    private ListSecretsResponseBody list(ListSecretsRequest request) throws Exception {
        return clients.current().listSecrets(request).getBody();
    }

    private List<String> filtered(String filters) throws Exception {
        return names(list(new ListSecretsRequest().setFilters("[" + filters + "]")));
    }

    private static List<String> names(ListSecretsResponseBody answer) {
        return answer.getSecretList().getSecret().stream()
                .map(secret -> secret.getSecretName())
                .toList();
    }

    private List<String> versions(ListSecretVersionIdsRequest request) throws Exception {
        ListSecretVersionIdsResponseBody answer =
                clients.current().listSecretVersionIds(request).getBody();
        return answer.getVersionIds().getVersionId().stream()
                .map(version -> version.getVersionId() + " "
                        + version.getVersionStages().getVersionStage())
                .toList();
    }
}
