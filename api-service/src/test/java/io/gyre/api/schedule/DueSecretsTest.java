package io.gyre.api.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DueSecretsTest {
    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    /** Many secrets with a policy, none of them due, some of them to be deleted one day. */
    @BeforeEach
    void fill() throws Exception {
        String model = secrets.create(secrets.generic());
        rows.change(
                "INSERT INTO secret (account_id, name, arn, secret_type, key_id, created_at, updated_at,"
                        + " rotation_status, next_rotation_at, deletion_planned_at)"
                        + " SELECT account_id, 'many/' || n, 'many/' || n, secret_type, key_id, created_at, updated_at,"
                        + " 'Enabled', timestamptz '2999-01-01',"
                        + " CASE WHEN n % 50 = 0 THEN timestamptz '2999-01-01' END"
                        + " FROM secret, generate_series(1, 20000) AS n WHERE name = ?",
                model);
        rows.change("ANALYZE secret");
    }

    @AfterEach
    void empty() {
        rows.change("DELETE FROM secret WHERE name LIKE 'many/%'");
    }

    @Test
    void theScansCostWhatIsDueAndNotWhatThereIs() {
        expectIndex("secret_due", DueSecrets.DUE.replace(":batch", "100").replace(":passedOver", "0"));
        expectIndex("secret_deletion", DueSecrets.DELETE_PAST.replace(":batch", "100"));
    }

    private void expectIndex(String index, String sql) {
        String plan = String.join("\n", rows.texts("EXPLAIN " + sql));
        assertTrue(plan.contains(index) && !plan.contains("Seq Scan on secret"), plan);
    }
}
