package io.gyre.api.keys;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.CancelKeyDeletionRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DescribeKeyResponseBody.DescribeKeyResponseBodyKeyMetadata;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.ListAliasesByKeyIdRequest;
import com.aliyun.kms20160120.models.ScheduleKeyDeletionRequest;
import com.aliyun.kms20160120.models.SetDeletionProtectionRequest;
import com.aliyun.kms20160120.models.UpdateKeyDescriptionRequest;
import com.aliyun.kms20160120.models.UpdateRotationPolicyRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@QuarkusTest
class KeyLifeTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Rows rows;

    @Test
    void aKeyIsDisabledAndEnabledAgainHoweverOften() throws Exception {
        String key = keys.create();
        for (int i = 0; i < 2; i++) {
            keys.disable(key);
            assertEquals("Disabled", keys.describe(key).getKeyState());
        }
        for (int i = 0; i < 2; i++) {
            keys.enable(key);
            assertEquals("Enabled", keys.describe(key).getKeyState());
        }
    }

    @Test
    void theDescriptionIsReplacedUpToItsLimit() throws Exception {
        String key = keys.create();
        String longest = "d".repeat(8192);
        describeAs(key, longest);
        assertEquals(longest, keys.describe(key).getDescription());
        Refusal.expect(400, "InvalidParameter", () -> describeAs(key, longest + "d"));
        describeAs(key, "");
        assertEquals("", keys.describe(key).getDescription());
    }

    @Test
    void theEndOfAKeyIsPlannedWithinTheDocumentedWindowAndCanBeCancelled() throws Exception {
        String key = keys.create();
        for (int days : new int[] {-1, 0, 6, 367}) {
            Refusal.expect(400, "InvalidParameter", () -> keys.scheduleDeletion(key, days));
        }
        Refusal.expect(400, "MissingParameter", () -> clients.current()
                .scheduleKeyDeletion(new ScheduleKeyDeletionRequest().setKeyId(key)));
        keys.scheduleDeletion(key, 366);
        DescribeKeyResponseBodyKeyMetadata planned = keys.describe(key);
        assertEquals("PendingDeletion", planned.getKeyState());
        assertEquals(
                366,
                Duration.between(Instant.parse(planned.getCreationDate()), Instant.parse(planned.getDeleteDate()))
                        .toDays());
        cancelDeletion(key);
        assertEquals("Enabled", keys.describe(key).getKeyState());
        assertEquals("", keys.describe(key).getDeleteDate());
        Refusal.expect(409, "Rejected.Enabled", () -> cancelDeletion(key));
    }

    @Test
    void whileItsEndIsPlannedNothingElseChangesAKey() throws Exception {
        String key = keys.create();
        keys.scheduleDeletion(key, 7);
        String before = rows.everythingKept();
        Refusal.expect(409, "Rejected.PendingDeletion", () -> keys.enable(key));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> keys.disable(key));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> keys.scheduleDeletion(key, 8));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> describeAs(key, "new"));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> protect(key, true, "x"));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> keys.nameByAlias(key));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> rotateEvery(key, "7d"));
        Refusal.expect(409, "Rejected.PendingDeletion", () -> addVersion(key));
        assertEquals(before, rows.everythingKept());
        cancelDeletion(key);
    }

    @Test
    void aProtectedKeyIsNotPlannedForDeletionUntilTheProtectionEnds() throws Exception {
        String key = keys.create();
        protect(key, true, "in use by payments");
        assertEquals("Enabled", keys.describe(key).getDeletionProtection());
        assertEquals("in use by payments", keys.describe(key).getDeletionProtectionDescription());
        Refusal.expect(409, "Rejected.DeletionProtected", () -> keys.scheduleDeletion(key, 7));
        protect(key, false, null);
        assertEquals("Disabled", keys.describe(key).getDeletionProtection());
        assertEquals("", keys.describe(key).getDeletionProtectionDescription());
        keys.scheduleDeletion(key, 7);
        cancelDeletion(key);
    }

    @Test
    void protectionIsForKeysNamedByTheirArn() throws Exception {
        String key = keys.create();
        for (String name : new String[] {key, "x"}) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .setDeletionProtection(new SetDeletionProtectionRequest()
                            .setProtectedResourceArn(name)
                            .setEnableDeletionProtection(true)));
        }
        Refusal.expect(400, "MissingParameter", () -> clients.current()
                .setDeletionProtection(new SetDeletionProtectionRequest()
                        .setProtectedResourceArn(keys.describe(key).getArn())));
        Refusal.expect(400, "InvalidParameter", () -> protect(key, true, "a\nb"));
    }

    @Test
    void afterItsWindowTheMaterialIsGoneAndTheKeyToo() throws Exception {
        String key = keys.create();
        String alias = keys.nameByAlias(key);
        keys.scheduleDeletion(key, 7);
        rows.passDays(6);
        assertEquals("PendingDeletion", keys.describe(key).getKeyState());
        rows.passDays(1);
        awaitDestroyed(key);
        assertEquals(0, rows.count("SELECT count(*) FROM kms_key_version WHERE key_id = ?", key));
        assertEquals(1, rows.count("SELECT count(*) FROM kms_key WHERE key_id = ? AND wrapped_material IS NULL", key));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> keys.describe(key));
        Refusal.expect(404, "Forbidden.AliasNotFound", () -> keys.describe(alias));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> cancelDeletion(key));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> clients.current()
                .listAliasesByKeyId(new ListAliasesByKeyIdRequest().setKeyId(key)));
    }

    @Test
    void theServicesOwnKeyIsKeptFromHarm() throws Exception {
        String name = secrets.create(secrets.generic());
        String key = clients.current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name))
                .getBody()
                .getEncryptionKeyId();
        assertEquals("kms", keys.describe(key).getCreator());
        Refusal.expect(400, "UnsupportedOperation", () -> keys.disable(key));
        Refusal.expect(400, "UnsupportedOperation", () -> keys.scheduleDeletion(key, 7));
        Refusal.expect(400, "UnsupportedOperation", () -> rotateEvery(key, "7d"));
    }

    @Test
    void aPolicyRotatesAKeyByItselfWhenItsDateComesAndNotWhileItIsDisabled() throws Exception {
        String key = keys.create();
        String first = keys.describe(key).getPrimaryKeyVersion();
        for (String bad : new String[] {"6d", "731d", "x", "-7d"}) {
            Refusal.expect(400, "InvalidParameter", () -> rotateEvery(key, bad));
        }
        rotateEvery(key, "7d");
        keys.disable(key);
        assertEquals("Suspended", keys.describe(key).getAutomaticRotation());
        assertNull(keys.describe(key).getNextRotationDate());
        Refusal.expect(409, "Rejected.Disabled", () -> rotateEvery(key, "8d"));
        rows.passDays(8);
        rows.everythingKept();
        assertEquals(first, keys.describe(key).getPrimaryKeyVersion());
        keys.enable(key);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !keys.describe(key).getPrimaryKeyVersion().equals(first));
        DescribeKeyResponseBodyKeyMetadata rotated = keys.describe(key);
        assertEquals("Enabled", rotated.getAutomaticRotation());
        assertEquals("604800s", rotated.getRotationInterval());
        assertEquals(
                Instant.parse(rotated.getLastRotationDate()).plus(Duration.ofDays(7)),
                Instant.parse(rotated.getNextRotationDate()));
        clients.current()
                .updateRotationPolicy(
                        new UpdateRotationPolicyRequest().setKeyId(key).setEnableAutomaticRotation(false));
        assertEquals("Disabled", keys.describe(key).getAutomaticRotation());
        assertNull(keys.describe(key).getRotationInterval());
    }

    /** Each call ends as it would alone, before or after another one; the state stays one that a key can have. */
    @Test
    void usesAndChangesAtTheSameTimeAreAnsweredAsDocumented() throws Exception {
        String key = keys.create();
        List<Executable> calls = List.of(
                () -> encrypt(key),
                () -> secrets.create(secrets.generic().setEncryptionKeyId(key)),
                () -> keys.disable(key),
                () -> keys.enable(key),
                () -> keys.scheduleDeletion(key, 7),
                () -> cancelDeletion(key),
                () -> addVersion(key),
                () -> describeAs(key, "changed"));
        Set<String> refusals = new ConcurrentSkipListSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Executable call : calls) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 15; i++) {
                        refusal(call).ifPresent(refusals::add);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        refusals.removeAll(Set.of("Rejected.Disabled", "Rejected.PendingDeletion", "Rejected.Enabled"));
        assertEquals(Set.of(), refusals);
        if (keys.describe(key).getKeyState().equals("PendingDeletion")) {
            cancelDeletion(key);
        }
        keys.enable(key);
        encrypt(key);
    }

    private static Optional<String> refusal(Executable call) {
        try {
            call.execute();
            return Optional.empty();
        } catch (TeaException e) {
            return Optional.of(String.valueOf(e.getCode()));
        } catch (Throwable e) {
            return Optional.of(e.toString());
        }
    }

    private void encrypt(String key) throws Exception {
        clients.current().encrypt(new EncryptRequest().setKeyId(key).setPlaintext("eA=="));
    }

    private void awaitDestroyed(String key) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rows.text("SELECT key_state FROM kms_key WHERE key_id = ?", key)
                        .equals("Destroyed"));
    }

    private void describeAs(String key, String text) throws Exception {
        clients.current()
                .updateKeyDescription(
                        new UpdateKeyDescriptionRequest().setKeyId(key).setDescription(text));
    }

    private void cancelDeletion(String key) throws Exception {
        clients.current().cancelKeyDeletion(new CancelKeyDeletionRequest().setKeyId(key));
    }

    private void protect(String key, boolean wanted, String note) throws Exception {
        clients.current()
                .setDeletionProtection(new SetDeletionProtectionRequest()
                        .setProtectedResourceArn(keys.describe(key).getArn())
                        .setEnableDeletionProtection(wanted)
                        .setDeletionProtectionDescription(note));
    }

    private void rotateEvery(String key, String interval) throws Exception {
        clients.current()
                .updateRotationPolicy(new UpdateRotationPolicyRequest()
                        .setKeyId(key)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval(interval));
    }

    private void addVersion(String key) throws Exception {
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
    }
}
