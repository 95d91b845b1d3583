package io.gyre.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateAliasRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DeleteAliasRequest;
import com.aliyun.kms20160120.models.DescribeKeyVersionRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.ListAliasesByKeyIdRequest;
import com.aliyun.kms20160120.models.ListAliasesByKeyIdResponseBody;
import com.aliyun.kms20160120.models.ListAliasesRequest;
import com.aliyun.kms20160120.models.ListAliasesResponseBody;
import com.aliyun.kms20160120.models.ListKeyVersionsRequest;
import com.aliyun.kms20160120.models.ListKeyVersionsResponseBody;
import com.aliyun.kms20160120.models.ListKeysRequest;
import com.aliyun.kms20160120.models.ListKeysResponseBody;
import com.aliyun.kms20160120.models.UpdateAliasRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AliasesAndVersionsTest {
    @Inject
    Clients clients;

    @Inject
    Keys keys;

    @Inject
    Instances instances;

    @Inject
    Secrets secrets;

    @Test
    void anAliasNamesItsKeyWhereverAKeyIsNamed() throws Exception {
        String key = keys.create();
        String alias = keys.nameByAlias(key);
        assertEquals(key, keys.describe(alias).getKeyId());
        assertEquals(
                key,
                keys.describe("acs:kms:cn-hangzhou:1000000000000001:" + alias).getKeyId());
        String secret = secrets.create(secrets.generic().setEncryptionKeyId(alias));
        assertEquals(
                key,
                clients.current()
                        .describeSecret(new DescribeSecretRequest().setSecretName(secret))
                        .getBody()
                        .getEncryptionKeyId());
        keys.disable(alias);
        assertEquals("Disabled", keys.describe(key).getKeyState());
    }

    @Test
    void anAliasMovesToAnotherKeyAndGoes() throws Exception {
        String first = keys.create();
        String second = keys.create();
        String alias = keys.nameByAlias(first);
        clients.current()
                .updateAlias(new UpdateAliasRequest().setAliasName(alias).setKeyId(second));
        assertEquals(second, keys.describe(alias).getKeyId());
        delete(alias);
        Refusal.expect(404, "Forbidden.AliasNotFound", () -> keys.describe(alias));
        Refusal.expect(404, "Forbidden.AliasNotFound", () -> delete(alias));
        Refusal.expect(404, "Forbidden.AliasNotFound", () -> clients.current()
                .updateAlias(new UpdateAliasRequest().setAliasName(alias).setKeyId(second)));
        assertEquals("Enabled", keys.describe(second).getKeyState());
    }

    @Test
    void whatCannotBeAnAliasIsRefused() throws Exception {
        String key = keys.create();
        for (String bad : List.of("x", "alias/", "alias/a b", "alias/\u00e4", "ALIAS/a", "alias/" + "a".repeat(256))) {
            Refusal.expect(400, "InvalidParameter", () -> create(bad, key));
        }
        Refusal.expect(400, "Unsupported.Alias", () -> create("alias/acs/rds", key));
        Refusal.expect(400, "MissingParameter", () -> create("", key));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> create(keys.freeAlias(), "absent"));
        String alias = keys.nameByAlias(key);
        Refusal.expect(400, "AliasAlreadyExists", () -> create(alias, key));
        create("alias/" + "a".repeat(255), key);
    }

    @Test
    void ofManyWhoGiveOneAliasAtOnceOneSucceeds() throws Exception {
        String alias = keys.freeAlias();
        int callers = 8;
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            candidates.add(keys.create());
        }
        CyclicBarrier together = new CyclicBarrier(callers);
        List<Future<String>> outcomes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (String candidate : candidates) {
                Callable<String> call = () -> {
                    together.await();
                    try {
                        create(alias, candidate);
                        return candidate;
                    } catch (TeaException e) {
                        return String.valueOf(e.getCode());
                    }
                };
                outcomes.add(threads.submit(call));
            }
        } finally {
            threads.shutdown();
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> outcome : outcomes) {
            if (!outcome.get().equals("AliasAlreadyExists")) {
                winners.add(outcome.get());
            }
        }
        assertEquals(List.of(keys.describe(alias).getKeyId()), winners);
    }

    @Test
    void aliasesAreListedByNameAndPage() throws Exception {
        String key = keys.create();
        String one = keys.nameByAlias(key);
        String two = keys.nameByAlias(key);
        ListAliasesByKeyIdResponseBody ofKey = clients.current()
                .listAliasesByKeyId(
                        new ListAliasesByKeyIdRequest().setKeyId(key).setPageSize(1))
                .getBody();
        assertEquals(2, ofKey.getTotalCount());
        assertEquals(1, ofKey.getAliases().getAlias().size());
        assertEquals(key, ofKey.getAliases().getAlias().get(0).getKeyId());
        assertEquals(
                "acs:kms:cn-hangzhou:1000000000000001:"
                        + ofKey.getAliases().getAlias().get(0).getAliasName(),
                ofKey.getAliases().getAlias().get(0).getAliasArn());
        List<String> all = new ArrayList<>();
        ListAliasesResponseBody page;
        int number = 0;
        do {
            page = clients.current()
                    .listAliases(
                            new ListAliasesRequest().setPageNumber(++number).setPageSize(2))
                    .getBody();
            page.getAliases().getAlias().forEach(alias -> all.add(alias.getAliasName()));
        } while (!page.getAliases().getAlias().isEmpty());
        assertEquals(page.getTotalCount(), all.size());
        assertTrue(all.containsAll(List.of(one, two)));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .listAliases(new ListAliasesRequest().setPageSize(101)));
    }

    @Test
    void aNewVersionIsThePrimaryOneAndAllAreListedNewestFirst() throws Exception {
        String key = keys.create();
        String first = keys.describe(key).getPrimaryKeyVersion();
        String second = clients.current()
                .createKeyVersion(new CreateKeyVersionRequest().setKeyId(key))
                .getBody()
                .getKeyVersion()
                .getKeyVersionId();
        assertEquals(second, keys.describe(key).getPrimaryKeyVersion());
        ListKeyVersionsResponseBody versions = clients.current()
                .listKeyVersions(new ListKeyVersionsRequest().setKeyId(key))
                .getBody();
        assertEquals(2, versions.getTotalCount());
        assertEquals(
                List.of(second, first),
                versions.getKeyVersions().getKeyVersion().stream()
                        .map(version -> version.getKeyVersionId())
                        .toList());
        assertEquals(keys.describe(key).getCreationDate(), describeVersion(key, first));
        Refusal.expect(404, "Forbidden.KeyVersionNotFound", () -> describeVersion(key, "absent"));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> describeVersion("absent", first));
        keys.disable(key);
        Refusal.expect(409, "Rejected.Disabled", () -> clients.current()
                .createKeyVersion(new CreateKeyVersionRequest().setKeyId(key)));
    }

    @Test
    void keysAreListedAndFilteredByWhatTheyAre() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String disabled = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        keys.disable(disabled);
        secrets.create(secrets.generic().setDKMSInstanceId(instance));
        String here = "{\"Key\":\"DKMSInstanceId\",\"Values\":[\"" + instance + "\"]}";
        assertEquals(3, list("[" + here + "]").getTotalCount());
        assertEquals(List.of(disabled), ids("[" + here + ",{\"Key\":\"KeyState\",\"Values\":[\"Disabled\"]}]"));
        assertEquals(List.of(key, disabled), ids("[" + here + ",{\"Key\":\"CreatorType\",\"Values\":[\"User\"]}]"));
        assertEquals(
                3,
                list("[" + here + ",{\"Key\":\"KeySpec\",\"Values\":[\"Aliyun_AES_256\",\"RSA_2048\"]},"
                                + "{\"Key\":\"KeyUsage\",\"Values\":[\"ENCRYPT/DECRYPT\"]},"
                                + "{\"Key\":\"ProtectionLevel\",\"Values\":[\"SOFTWARE\"]}]")
                        .getTotalCount());
        assertEquals(List.of(), ids("[" + here + ",{\"Key\":\"ProtectionLevel\",\"Values\":[\"HSM\"]}]"));
        ListKeysResponseBody page = clients.current()
                .listKeys(new ListKeysRequest()
                        .setFilters("[" + here + "]")
                        .setPageNumber(2)
                        .setPageSize(1))
                .getBody();
        assertEquals(disabled, page.getKeys().getKey().get(0).getKeyId());
        assertEquals(
                keys.describe(disabled).getArn(), page.getKeys().getKey().get(0).getKeyArn());
        for (String bad : List.of(
                "x",
                "{}",
                "[{\"Key\":\"Color\",\"Values\":[\"red\"]}]",
                "[{\"Key\":\"KeyState\",\"Values\":[\"Destroyed\"]}]",
                "[{\"Key\":\"KeyState\",\"Values\":\"Enabled\"}]")) {
            Refusal.expect(400, "InvalidParameter", () -> list(bad));
        }
    }

    private ListKeysResponseBody list(String filters) throws Exception {
        return clients.current()
                .listKeys(new ListKeysRequest().setFilters(filters))
                .getBody();
    }

    private List<String> ids(String filters) throws Exception {
        return list(filters).getKeys().getKey().stream()
                .map(key -> key.getKeyId())
                .toList();
    }

    private void create(String alias, String key) throws Exception {
        clients.current()
                .createAlias(new CreateAliasRequest().setAliasName(alias).setKeyId(key));
    }

    private void delete(String alias) throws Exception {
        clients.current().deleteAlias(new DeleteAliasRequest().setAliasName(alias));
    }

    private String describeVersion(String key, String version) throws Exception {
        return clients.current()
                .describeKeyVersion(
                        new DescribeKeyVersionRequest().setKeyId(key).setKeyVersionId(version))
                .getBody()
                .getKeyVersion()
                .getCreationDate();
    }
}
