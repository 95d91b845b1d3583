package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.api.testing.VerifiedAccounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VerifiedAccounts.class)
class AccountVerificationTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    PlayedWorker worker;

    private CreateSecretRequest ofAccount(String name) {
        return secrets.rdsSingle()
                .setSecretData(
                        "{\"Accounts\":[{\"AccountName\":\"" + name + "\",\"AccountPassword\":\"verified-1\"}]}");
    }

    private long inspections() {
        return rows.count("SELECT count(*) FROM inspection");
    }

    @Test
    void anRdsSecretIsCreatedOnceAWorkerHasFoundItsAccounts() throws Exception {
        CompletableFuture<String> looked = worker.inspects("app_a", "Account app_b is there.", "");
        CompletableFuture<String> lookedAtTheOther = worker.inspects("app_b", "Account app_a is there.", "");

        String name = secrets.create(secrets.rdsDouble());

        assertEquals(1, rows.count("SELECT count(*) FROM secret WHERE name = ?", name));
        String asked = looked.join();
        assertTrue(asked.contains("rds,DoubleUsers") && asked.contains("app_b"), asked);
        assertFalse(asked.contains("rds-password"), asked);
        assertTrue(lookedAtTheOther.join().contains("app_a"), "each account of a pair is looked at");
        assertEquals(0, inspections());
    }

    @Test
    void whatTheWorkerFindsMissingIsTheReasonOfTheRefusal() {
        CompletableFuture<String> looked =
                worker.inspects("gone", "", "RDS instance rm-1 has no account gone: create it, then try again.");
        CreateSecretRequest request = ofAccount("gone");

        Refusal.expect(
                400,
                "InvalidParameter",
                "The account verification failed: RDS instance rm-1 has no account gone: create it, then try again.",
                () -> secrets.create(request));

        looked.join();
        assertEquals(0, rows.count("SELECT count(*) FROM secret WHERE name = ?", request.getSecretName()));
    }

    @Test
    void whereNoWorkerLooksTheCallerIsToldWhatToStartBeforeItsSdkGivesUp() {
        CreateSecretRequest request = ofAccount("unseen");

        Refusal.expect(
                503,
                "ServiceUnavailableTemporary",
                "No rotation worker looked at RDS instance "
                        + Secrets.instanceOf("rm", request.getSecretName())
                        + " within 8 s, so the accounts are not verified: start a"
                        + " rotation-worker that serves rds, then try again.",
                () -> secrets.create(request));

        assertEquals(0, rows.count("SELECT count(*) FROM secret WHERE name = ?", request.getSecretName()));
        assertEquals(0, inspections());
    }

    @Test
    void whatIsRefusedAnywayAsksNoWorker() throws Exception {
        CompletableFuture<String> looked = worker.inspects("once", "It is there.", "");
        String name = secrets.create(ofAccount("once"));
        looked.join();

        Refusal.expect(
                409,
                "Rejected.ResourceExist",
                () -> secrets.create(ofAccount("once").setSecretName(name)));
        assertEquals(0, inspections());
    }

    @Test
    void otherTypesAreCreatedWithoutALook() throws Exception {
        String name = secrets.create(secrets.ram());

        assertEquals(1, rows.count("SELECT count(*) FROM secret WHERE name = ?", name));
        assertEquals(0, inspections());
    }
}
