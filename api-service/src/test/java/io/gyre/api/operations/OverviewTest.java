package io.gyre.api.operations;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverviewTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** By plain counting. What other tests left is counted too, and may still move. */
    private static final String COUNTED = """
            SELECT concat_ws(' ',
                count(*) FILTER (WHERE state = 'Running'), count(*) FILTER (WHERE state = 'Waiting'),
                count(*) FILTER (WHERE ended_at IS NULL AND late_since IS NOT NULL),
                count(*) FILTER (WHERE state = 'Failed' AND calendar_now() - ended_at < interval '1 day'),
                (SELECT count(*) FROM rotation_plan WHERE begins_at - calendar_now() <= interval '1 day'),
                (SELECT count(*) FROM kms_instance WHERE released_at IS NULL AND expires_at - calendar_now() <= interval '30 days'))
            FROM rotation
            """;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    private JsonNode overview() {
        return operations.get("/operations/v1/overview").json(200);
    }

    private static String numbers(JsonNode overview) {
        List<String> numbers = new ArrayList<>();
        for (String name :
                List.of("rotating", "waiting", "late", "failedWithinDay", "dueWithinDay", "instancesNearExpiry")) {
            numbers.add(overview.path(name).asText());
        }
        return String.join(" ", numbers);
    }

    @Test
    void whatGoesOnIsCounted() throws Exception {
        secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(secrets.rotate(secrets.create(secrets.rdsSingle())), "Waiting", "The account is locked.");
        worker.findsLate(secrets.rotate(secrets.create(secrets.rdsSingle())), "The instance is stopped.");
        worker.step(secrets.rotate(secrets.create(secrets.rdsSingle())), "Failed", "Gave up.");
        String elder = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(elder, "Failed", "Gave up.");
        rows.change(
                "UPDATE rotation SET ended_at = ended_at - interval '25 hours' WHERE rotation_id = CAST(? AS uuid)",
                elder);
        secrets.create(secrets.rdsDouble().setEnableAutomaticRotation(true).setRotationInterval("21600s"));
        instances.create("{\"name\":\"soon\",\"days\":20}");
        instances.create("{\"name\":\"later\",\"days\":365}");

        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(rows.text(COUNTED), numbers(overview())));
    }

    /** What other tests left is counted and listed too, and may still move. */
    @Test
    void theListsBehindTheNumbersHaveAsManyRows() throws Exception {
        String failed = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(failed, "Failed", "Gave up.");
        String elder = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(elder, "Failed", "Gave up.");
        rows.change(
                "UPDATE rotation SET ended_at = ended_at - interval '25 hours' WHERE rotation_id = CAST(? AS uuid)",
                elder);
        String succeeded = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(succeeded, "Succeeded", "Done.");
        String due = secrets.create(
                secrets.rdsDouble().setEnableAutomaticRotation(true).setRotationInterval("21600s"));
        String later = secrets.create(
                secrets.rdsDouble().setEnableAutomaticRotation(true).setRotationInterval("8d"));

        List<String> ended = listed("rotations?state=failed&ended=24h", "rotations", "rotationId");
        assertTrue(ended.contains(failed), ended.toString());
        assertFalse(ended.contains(elder) || ended.contains(succeeded), ended.toString());
        assertTrue(listed("rotations?ended=24h", "rotations", "rotationId").contains(succeeded), "it has ended, too");
        List<String> soon = listed("secrets?due=24h&view=kms-1.0", "secrets", "name");
        assertTrue(soon.contains(due), soon.toString());
        assertFalse(soon.contains(later), soon.toString());

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode overview = overview();
            assertEquals(
                    overview.path("failedWithinDay").asInt(),
                    listed("rotations?state=failed&ended=24h", "rotations", "rotationId")
                            .size());
            int elders =
                    listed("secrets?due=24h&view=kms-1.0", "secrets", "name").size();
            int managed = listed("secrets?due=24h", "secrets", "name").size();
            assertEquals(overview.path("dueWithinDay").asInt(), elders + managed);
            assertEquals(elders, elsewhere("secrets?due=24h"));
            assertEquals(managed, elsewhere("secrets?due=24h&view=kms-1.0"));
        });
    }

    @Test
    void noOtherSpanCanBeAskedFor() {
        assertEquals(
                "ended is \"25h\": it must be 24h.",
                operations.get("/operations/v1/rotations?ended=25h").problem(400, "InvalidParameter"));
        assertEquals(
                "due is \"soon\": it must be 24h.",
                operations.get("/operations/v1/secrets?due=soon").problem(400, "InvalidParameter"));
    }

    /** All pages of a list. */
    private List<String> listed(String question, String rows, String field) {
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = operations
                    .get("/operations/v1/" + question + "&limit=200" + token)
                    .json(200);
            page.path(rows).forEach(row -> found.add(row.path(field).asText()));
            token = page.hasNonNull("nextToken")
                    ? "&nextToken=" + page.path("nextToken").asText()
                    : "";
        } while (!token.isEmpty());
        return found;
    }

    private int elsewhere(String question) {
        return operations
                .get("/operations/v1/" + question)
                .json(200)
                .path("elsewhere")
                .path("count")
                .asInt();
    }

    @Test
    void whatNeedsALookStandsFirstAndWhatHasEndedNowhere() throws Exception {
        String late = secrets.rotate(secrets.create(secrets.rdsSingle()));
        String ended = secrets.rotate(secrets.create(secrets.rdsSingle()));
        secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.findsLate(late, "The instance is stopped.");
        worker.step(ended, "Succeeded", "Done.");

        List<String> moving = new ArrayList<>();
        overview()
                .path("moving")
                .forEach(each -> moving.add(each.path("rotationId").asText()));

        assertEquals(late, moving.get(0));
        assertFalse(moving.contains(ended));
        assertTrue(moving.size() <= 12, moving.toString());
    }
}
