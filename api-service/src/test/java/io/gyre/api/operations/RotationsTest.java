package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RotationsTest {
    private static final String ROTATIONS = "/operations/v1/rotations";

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    private List<String> listed(String query) {
        List<String> ids = new ArrayList<>();
        operations
                .get(ROTATIONS + query)
                .json(200)
                .path("rotations")
                .forEach(rotation -> ids.add(rotation.path("rotationId").asText()));
        return ids;
    }

    @Test
    void aRotationIsShownWithItsTimelineItsCredentialsNamesAndNoValue() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        String id = secrets.rotate(name);
        worker.step(id, "Running", "Looking at the instance and the account");

        JsonNode shown = operations.get(ROTATIONS + "/" + id).json(200);

        assertEquals(name, shown.path("secretName").asText());
        assertEquals("Rds", shown.path("secretType").asText());
        assertEquals("DoubleUsers", shown.path("secretSubType").asText());
        assertEquals(
                Secrets.instanceOf("rm", name),
                shown.path("target").path("DBInstanceId").asText());
        assertEquals(
                "v2",
                shown.path("credentials").path("candidate").path("versionId").asText());
        assertEquals(
                "app_a", shown.path("credentials").path("former").path("name").asText());
        assertEquals(
                "app_b", shown.path("credentials").path("idle").path("name").asText());
        assertEquals("operational", shown.path("lateAt").path("clock").asText());
        assertEquals("operational", shown.path("nextWake").path("clock").asText());
        assertEquals(2, shown.path("timeline").size());
        assertEquals(
                "Requested by RotateSecret.",
                shown.path("timeline").path(0).path("note").asText());
        assertEquals("worker-1", shown.path("timeline").path(1).path("worker").asText());
        assertEquals(
                "Looking at the instance and the account", shown.path("note").asText());
        assertFalse(shown.toString().contains("rds-password"), shown.toString());
    }

    @Test
    void whileAWorkerIsAtItItsLeaseIsShownInsteadOfTheNextWake() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.claim(id);

        JsonNode shown = operations.get(ROTATIONS + "/" + id).json(200);

        assertEquals("worker-1", shown.path("lease").path("worker").asText());
        assertFalse(shown.has("nextWake"));
    }

    @Test
    void aFindingOfLatenessIsShownWithItsTime() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.findsLate(id, "Account app is absent. Create it again, then retry.");

        JsonNode late = operations.get(ROTATIONS + "/" + id).json(200).path("lateness");

        assertEquals(
                "Account app is absent. Create it again, then retry.",
                late.path("finding").asText());
        assertFalse(late.path("since").asText().isEmpty());
    }

    @Test
    void listsAreFilteredByStateTypeAndTheBeginningOfTheName() throws Exception {
        String running = secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("listed/running")));
        String waiting = secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("listed/waiting")));
        String late = secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("listed/late")));
        String failed = secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("listed/failed")));
        String succeeded = secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("listed/succeeded")));
        worker.step(waiting, "Waiting", "The account is locked.");
        worker.findsLate(late, "The instance is stopped.");
        worker.step(failed, "Failed", "Gave up.");
        worker.step(succeeded, "Succeeded", "Done.");

        String these = "secret=listed/";
        assertEquals(List.of(succeeded, failed, late, waiting, running), listed("?" + these));
        assertEquals(List.of(late, running), listed("?state=running&" + these));
        assertEquals(List.of(waiting), listed("?state=waiting&" + these));
        assertEquals(List.of(late), listed("?state=late&" + these));
        assertEquals(List.of(failed), listed("?state=failed&" + these));
        assertEquals(List.of(succeeded), listed("?state=succeeded&" + these));
        assertEquals(List.of(), listed("?type=ecs&" + these));
        assertEquals(List.of(waiting), listed("?type=rds&secret=listed/w"));
    }

    @Test
    void pagesFollowEachOtherWithoutAGapOrARepetition() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(0, secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("paged/" + i))));
        }
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = operations
                    .get(ROTATIONS + "?secret=paged/&limit=2" + (next.isEmpty() ? "" : "&nextToken=" + next))
                    .json(200);
            page.path("rotations")
                    .forEach(rotation -> found.add(rotation.path("rotationId").asText()));
            next = page.path("nextToken").asText("");
            assertTrue(page.path("rotations").size() <= 2);
        } while (!next.isEmpty());
        assertEquals(all, found);
    }

    @Test
    void rotationsOfOneInstantAreStillPagedOneByOne() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(secrets.rotate(secrets.create(secrets.rdsSingle().setSecretName("same-instant/" + i))));
        }
        rows.change("UPDATE rotation r SET requested_at = '2026-01-01T00:00:00.000123Z' FROM secret s"
                + " WHERE s.secret_id = r.secret_id AND starts_with(s.name, 'same-instant/')");
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = operations
                    .get(ROTATIONS + "?secret=same-instant/&limit=1" + (next.isEmpty() ? "" : "&nextToken=" + next))
                    .json(200);
            page.path("rotations")
                    .forEach(rotation -> found.add(rotation.path("rotationId").asText()));
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
        assertEquals(all.stream().sorted().toList(), found);
    }

    @Test
    void whatIsAskedOfAListIsRefusedWithTheRule() {
        assertEquals(
                "state is \"sleeping\": it must be one of running, waiting, late, failed, succeeded.",
                operations.get(ROTATIONS + "?state=sleeping").problem(400, "InvalidParameter"));
        assertEquals(
                "type is \"redis\": it must be one of ram, rds, ecs.",
                operations.get(ROTATIONS + "?type=redis").problem(400, "InvalidParameter"));
        assertEquals(
                "limit is \"201\": it must be a whole number from 1 to 200.",
                operations.get(ROTATIONS + "?limit=201").problem(400, "InvalidParameter"));
        operations.get(ROTATIONS + "?limit=many").problem(400, "InvalidParameter");
        operations.get(ROTATIONS + "?secret=a%00b").problem(400, "InvalidParameter");
        operations.get(ROTATIONS + "?nextToken=AAAA").problem(400, "InvalidParameter");
        operations
                .get(ROTATIONS + "?nextToken=_________________________________")
                .problem(400, "InvalidParameter");
        operations.get(ROTATIONS + "?nextToken=%25%25").problem(400, "InvalidParameter");
    }

    @Test
    void aRotationThatIsNotThereIsToldApartFromAnIdThatIsNone() {
        String unknown = "00000000-0000-4000-8000-000000000000";
        assertEquals(
                "There is no rotation " + unknown + ": it never was, or its secret has been deleted since.",
                operations.get(ROTATIONS + "/" + unknown).problem(404, "RotationNotFound"));
        assertEquals(
                "The rotation's id is \"1-2-3-4-5\": it must be a UUID, as lists of rotations show it.",
                operations.get(ROTATIONS + "/1-2-3-4-5").problem(400, "InvalidParameter"));
    }
}
