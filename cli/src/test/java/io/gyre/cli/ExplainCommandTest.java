package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";
    private static final String SHOW = "GET rotations/" + ID;
    private static final String SCHEDULE = "GET schedule/secret?secretName=db%2Forders";
    private static final String DRIFT = "GET drift?limit=200&secret=db%2Forders";
    private static final String DISABLED =
            "{\"secretName\":\"db/orders\",\"rotationStatus\":\"Disabled\",\"coming\":[],\"notes\":[]}";

    @TempDir
    private Path folder;

    private AnsweringServer gyre;

    @BeforeEach
    void serve() throws IOException {
        gyre = new AnsweringServer(folder);
        gyre.answers(
                "GET rotations?limit=200&secret=db%2Forders",
                "{\"rotations\":[{\"rotationId\":\"" + ID + "\",\"secretName\":\"db/orders\"}]}");
        gyre.answers(SCHEDULE, DISABLED);
        gyre.answers(DRIFT, "{\"secrets\":[]}");
    }

    @AfterEach
    void stop() {
        gyre.close();
    }

    private static String rotation(String state, String more) {
        return """
                {"rotationId":"ID","secretName":"db/orders","rotationType":"rds","secretSubType":"DoubleUsers",
                 "trigger":"automatic","state":"STATE","note":"Waiting for RDS to set it",MORE
                 "asOf":{"calendar":"2026-03-02T10:04:10Z","wall":"2026-03-02T10:00:20Z"}}
                """.replace("ID", ID).replace("STATE", state).replace("MORE", more);
    }

    private String explained(String what) {
        assertEquals(0, gyre.gyre("explain", what), gyre.errors());
        return gyre.output();
    }

    @Test
    void aLateRotationIsExplainedWithWhatToDoAndWhatComesNext() {
        gyre.answers(
                SHOW,
                rotation(
                        "Running",
                        "\"lateness\":{\"since\":\"2026-03-02T10:00:00Z\",\"finding\":\"RDS account app_b: not found."
                                + " The account was deleted. Create it again, then retry.\"},"
                                + "\"nextWake\":{\"at\":\"2026-03-02T10:00:30Z\",\"clock\":\"operational\"},"));
        gyre.answers(
                SCHEDULE,
                "{\"secretName\":\"db/orders\",\"rotationStatus\":\"Enabled\",\"notes\":[\"It waits.\"],"
                        + "\"coming\":[{\"date\":\"2026-03-08T10:00:00Z\",\"begins\":\"2026-03-08T18:20:00.5Z\"}]}");
        String expected = """
                db/orders   RDS DoubleUsers · automatic · Running, late
                Late for 4 min 10 s (since 2026-03-02 10:00:00)
                Seen    RDS account app_b: not found.
                Means   The account was deleted.
                Do      Create it again, then retry.
                Next    It goes on in 10 s, at 2026-03-02 10:00:30.
                All     ./gyre rotation show ID
                Note    It waits.
                Then    The next automatic rotation begins 2026-03-08T18:20:00Z.
                """.replace("ID", ID);
        assertEquals(expected, explained("db/orders"));
        assertEquals(expected, explained(ID));
    }

    @Test
    void whatIsInTimeNeedsNothing() {
        gyre.answers(SHOW, rotation("Running", ""));
        assertTrue(explained("db/orders").contains("""
                Seen    Waiting for RDS to set it
                Means   It is on its way, and in time.
                Do      Nothing.
                """));
        gyre.answers(SHOW, rotation("Succeeded", "\"endedAt\":\"2026-03-02T10:00:09Z\","));
        assertTrue(explained("db/orders").contains("Means   It has ended well.\nDo      Nothing.\n"));
    }

    @Test
    void aFailureIsExplainedByItsFinding() {
        gyre.answers(
                SHOW,
                rotation(
                        "Failed",
                        "\"endedAt\":\"2026-03-02T10:00:09Z\",\"finding\":\"It is stopped. Start it, then rotate again.\","));
        String shown = explained("db/orders");
        assertTrue(shown.contains("Seen    It is stopped.\nDo      Start it, then rotate again.\n"), shown);
        assertTrue(
                shown.endsWith("Then    No rotation is planned (automatic rotation: Disabled); ./gyre rotate db/orders"
                        + " begins one.\n"),
                shown);
    }

    @Test
    void aSecretThatWasNeverRotatedIsNoError() {
        gyre.answers("GET rotations?limit=200&secret=db%2Forders", "{\"rotations\":[]}");
        assertTrue(explained("db/orders").startsWith("db/orders   was never rotated\nThen    No rotation is planned"));
        assertEquals(0, gyre.gyre("explain", "db/orders", "--json"));
        assertFalse(OutputSchema.fitting("explain", gyre.output()).has("rotation"));
    }

    /** The APIs say only that something is not there. */
    @Test
    void whatIsNotThereIsNamedWithTheListOfWhatIs() {
        String absent =
                "404 {\"type\":\"urn:gyre:problem:Forbidden.ResourceNotFound\",\"detail\":\"Resource not found.\"}";
        gyre.answers("GET rotations?limit=200&secret=db%2Fodrers", absent);
        assertEquals(1, gyre.gyre("explain", "db/odrers"));
        assertEquals(
                "gyre: There is no secret \"db/odrers\": ./gyre secrets lists those of KMS instances, and with"
                        + " --kms-1.0 the others.\n",
                gyre.errors());
        gyre.answers(
                "RotateSecret", "404 {\"Code\":\"Forbidden.ResourceNotFound\",\"Message\":\"Resource not found.\"}");
        assertEquals(1, gyre.gyreWithKms("rotate", "db/odrers"));
        assertTrue(gyre.errors().startsWith("gyre: There is no secret \"db/odrers\": "));
        gyre.answers(
                "GET access/test?action=kms%3AGetSecretValue&principal=user%2Fodrers",
                "404 {\"type\":\"urn:gyre:problem:EntityNotExist.User\",\"detail\":\"The user does not exist.\"}");
        assertEquals(1, gyre.gyre("may", "odrers", "kms:GetSecretValue"));
        assertEquals("gyre: There is no \"odrers\": the console lists users and roles under Access.\n", gyre.errors());
    }

    @Test
    void driftOfTheSecretStandsBelow() {
        gyre.answers(SHOW, rotation("Succeeded", "\"endedAt\":\"2026-03-02T10:00:09Z\","));
        String card = "\"since\":\"2026-03-02T10:04:10Z\",\"seen\":\"It is refused.\",\"do\":\"Repair it.\"}";
        gyre.answers(
                DRIFT,
                "{\"secrets\":[{\"secretName\":\"db/orders-old\",\"state\":\"Unchecked\"},"
                        + "{\"secretName\":\"db/orders\",\"state\":\"Drifted\"," + card + "]}");
        String shown = explained("db/orders");
        assertTrue(shown.endsWith("""


                db/orders   drifted: the target refuses the current credential, since 2026-03-02 10:04:10
                  Seen    It is refused.
                  Do      Repair it.
                """), shown);
    }

    @Test
    void whatIsNoSecretIsRefusedInTheWordsOfTheApi() {
        gyre.answers("GET rotations?limit=200&secret=nowhere", "{\"rotations\":[]}");
        gyre.answers("GET schedule/secret?secretName=nowhere", "404 {\"detail\":\"There is no secret nowhere.\"}");
        assertEquals(1, gyre.gyre("explain", "nowhere"));
        assertEquals("gyre: There is no secret nowhere.\n", gyre.errors());
    }
}
