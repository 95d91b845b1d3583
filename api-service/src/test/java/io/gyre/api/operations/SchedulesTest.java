package io.gyre.api.operations;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SchedulesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PATH = "/operations/v1/schedule";

    /** It opened and closed long ago when the calendar's clocks show anything else. */
    private static final String NIGHTLY = "{\"cron\":\"0 0 2 * * ?\",\"zone\":\"Asia/Shanghai\",\"seconds\":7200}";

    @Inject
    OperationsClient operations;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    private String rotated(String interval) throws Exception {
        return secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval(interval));
    }

    private static String of(String order, String secret) {
        return PATH + "/secret" + order + "?secretName=" + secret;
    }

    private JsonNode shown(String secret) {
        return operations.get(of("", secret)).json(200);
    }

    private void makeDue(String secret) {
        rows.change("UPDATE secret SET next_rotation_at = calendar_now() - interval '1 second' WHERE name = ?", secret);
    }

    private boolean rotates(String secret) {
        return !rows.activeRotation("state", secret).isEmpty();
    }

    /** Whatever was due when this is called has been looked at when it returns. */
    private void awaitALook() throws Exception {
        String witness = rotated("7d");
        makeDue(witness);
        await().atMost(PATIENCE).until(() -> rotates(witness));
        rows.endRotation(witness);
    }

    private static List<String> notes(JsonNode schedule) {
        List<String> notes = new ArrayList<>();
        schedule.path("notes").forEach(note -> notes.add(note.asText()));
        return notes;
    }

    @Test
    void aScheduleTellsItsNextFiveRotations() throws Exception {
        String name = rotated("12h");
        JsonNode schedule = shown(name);
        assertEquals(43200, schedule.path("intervalSeconds").asLong());
        assertEquals("Enabled", schedule.path("rotationStatus").asText());
        assertFalse(schedule.path("atOnce").asBoolean());
        assertEquals(5, schedule.path("coming").size());
        Instant first = Instant.parse(schedule.path("nextRotationAt").asText());
        for (int i = 0; i < 5; i++) {
            // Without a spread, as in these tests.
            Instant expected = first.plus(Duration.ofHours(12L * i));
            assertEquals(
                    expected,
                    Instant.parse(schedule.at("/coming/" + i + "/date").asText()));
            assertEquals(
                    expected,
                    Instant.parse(schedule.at("/coming/" + i + "/begins").asText()));
        }
        assertEquals(List.of(), notes(schedule));
        JsonNode without = shown(secrets.create(secrets.rdsSingle()));
        assertEquals(0, without.path("coming").size());
        assertEquals(List.of("No policy rotates it: UpdateSecretRotationPolicy sets one."), notes(without));
    }

    @Test
    void aPolicyIsTriedBeforeItIsSetAndSaysWhetherItRotatesAtOnce() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        rows.change("UPDATE secret SET last_rotation_at = calendar_now() - interval '10 days' WHERE name = ?", name);
        String before = rows.everythingKept();
        JsonNode past = operations.get(of("/preview", name) + "&interval=7d").json(200);
        assertTrue(past.path("atOnce").asBoolean());
        String date = past.path("nextRotationAt").asText();
        assertEquals(Instant.parse(past.path("lastRotationAt").asText()).plus(Duration.ofDays(7)), Instant.parse(date));
        assertEquals(
                List.of("It would be rotated at once, as last rotation + interval ("
                        + date.replaceFirst("\\.[0-9]+Z", "Z") + ") is past."),
                notes(past));
        assertEquals(past.path("asOf"), past.at("/coming/0/begins"));
        JsonNode later = operations.get(of("/preview", name) + "&interval=30d").json(200);
        assertFalse(later.path("atOnce").asBoolean());
        assertEquals(later.path("nextRotationAt"), later.at("/coming/0/begins"));
        assertEquals(before, rows.everythingKept(), "nothing is changed");

        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(name)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("7d"));
        await().atMost(PATIENCE).until(() -> rotates(name));
        rows.endRotation(name);
    }

    @Test
    void withinItsWindowASecretIsRotatedAndOutsideItWaits() throws Exception {
        String name = rotated("7d");
        // A window that has closed an hour ago, and one that opened an hour ago, whatever the calendar shows.
        LocalTime now = Instant.parse(shown(name).path("asOf").asText())
                .atZone(ZoneId.of("UTC"))
                .toLocalTime();
        String shut = window(now.minusHours(2));
        JsonNode set = operations.post(of("/window", name), shut).json(200);
        assertEquals(3600, set.path("window").path("seconds").asLong());
        assertEquals("UTC", set.path("window").path("zone").asText());
        makeDue(name);
        awaitALook();
        assertFalse(rotates(name));
        Instant begins = Instant.parse(shown(name).at("/coming/0/begins").asText());
        assertEquals(
                now.minusHours(2).withSecond(0).withNano(0),
                begins.atZone(ZoneId.of("UTC")).toLocalTime());
        assertEquals(
                "t",
                rows.text(
                        "SELECT begins_at > calendar_now() + interval '20 hours' AND held_by IS NULL FROM rotation_plan JOIN secret USING (secret_id)"
                                + " WHERE name = ?",
                        name));
        operations.post(of("/window", name), window(now.minusMinutes(30))).json(200);
        await().atMost(PATIENCE).until(() -> rotates(name));
        rows.endRotation(name);
        assertFalse(operations.post(of("/window/clear", name)).json(200).has("window"));
    }

    private static String window(LocalTime opens) {
        return "{\"cron\":\"0 " + opens.getMinute() + " " + opens.getHour()
                + " * * ?\",\"zone\":\"UTC\",\"seconds\":3600}";
    }

    @Test
    void onRequestASecretIsRotatedWhateverItsWindowAndItsPause() throws Exception {
        String name = rotated("7d");
        LocalTime now = Instant.parse(shown(name).path("asOf").asText())
                .atZone(ZoneId.of("UTC"))
                .toLocalTime();
        operations.post(of("/window", name), window(now.minusHours(2))).json(200);
        operations.post(of("/pause", name), "{\"reason\":\"audit\"}").json(200);
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        assertEquals(List.of("immediate"), rows.activeRotation("trigger", name));
        rows.endRotation(name);
    }

    @Test
    void aPausedSecretIsNotRotatedByItsPolicyAndOnceItIsResumedAtOnce() throws Exception {
        String name = rotated("7d");
        JsonNode paused = operations
                .post(of("/pause", name), "{\"reason\":\"migration of the database\"}")
                .json(200);
        String key = operations.administrator().accessKeyId();
        assertEquals(key, paused.at("/pause/by").asText());
        assertEquals("migration of the database", paused.at("/pause/reason").asText());
        assertTrue(
                notes(paused)
                        .get(0)
                        .matches(
                                "It is paused since .* by " + key
                                        + " \\(migration of the database\\): nothing begins by its policy, and RotateSecret rotates it\\."),
                paused.toString());
        makeDue(name);
        awaitALook();
        assertFalse(rotates(name));
        assertEquals("Enabled", paused.path("rotationStatus").asText(), "its policy stays");
        String again =
                operations.post(of("/pause", name)).json(200).at("/pause/since").asText();
        assertEquals(paused.at("/pause/since").asText(), again, "it is paused since it was first");
        assertTrue(pausedSecrets().contains(name));
        JsonNode resumed = operations.post(of("/resume", name)).json(200);
        assertFalse(resumed.has("pause"));
        assertTrue(resumed.path("atOnce").asBoolean());
        assertTrue(notes(resumed).get(0).startsWith("It is rotated at once, as "), resumed.toString());
        await().atMost(PATIENCE).until(() -> rotates(name));
        rows.endRotation(name);
        assertFalse(pausedSecrets().contains(name));
    }

    private List<String> pausedSecrets() {
        List<String> names = new ArrayList<>();
        operations
                .get(PATH)
                .json(200)
                .path("pausedSecrets")
                .forEach(each -> names.add(each.path("secretName").asText()));
        return names;
    }

    @Test
    void whileAllArePausedNoneIsRotatedByItsPolicy() throws Exception {
        String name = rotated("7d");
        JsonNode paused =
                operations.post(PATH + "/pause", "{\"reason\":\"freeze\"}").json(200);
        try {
            assertEquals("freeze", paused.at("/pause/reason").asText());
            makeDue(name);
            JsonNode schedule = shown(name);
            assertEquals("freeze", schedule.at("/pauseOfAll/reason").asText());
            assertTrue(notes(schedule).stream().anyMatch(note -> note.startsWith("Every secret is paused since ")));
            assertTrue(operations.get(PATH).json(200).path("due").asLong() >= 1);
            assertFalse(rotates(name));
        } finally {
            assertFalse(operations.post(PATH + "/resume").json(200).has("pause"));
        }
        await().atMost(PATIENCE).until(() -> rotates(name));
        rows.endRotation(name);
    }

    @Test
    void whatHoldsASecretIsToldInASentence() throws Exception {
        String name = rotated("7d");
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        makeDue(name);
        await().atMost(PATIENCE).until(() -> shown(name).has("held"));
        JsonNode held = shown(name);
        assertEquals("rotation", held.at("/held/by").asText());
        assertTrue(
                notes(held).stream()
                        .anyMatch(note -> note.matches("It waits since .*: its last rotation has not ended\\.")),
                held.toString());
        rows.beginsAt("calendar_now() + interval '30 minutes'", name);
        assertEquals(
                OffsetDateTime.parse(rows.text(
                                "SELECT to_json(begins_at) #>> '{}' FROM rotation_plan JOIN secret USING (secret_id) WHERE name = ?",
                                name))
                        .toInstant(),
                Instant.parse(shown(name).at("/coming/0/begins").asText()),
                "it begins no earlier than it is looked at again");
        rows.endRotation(name);
    }

    @Test
    void eachOrderIsToldInTheAuditLogWithTheSecretsName() throws Exception {
        String name = rotated("7d");
        operations.post(of("/window", name), NIGHTLY).json(200);
        operations.post(of("/pause", name)).json(200);
        operations.post(of("/resume", name)).json(200);
        operations.post(of("/window/clear", name)).json(200);
        for (String operation :
                List.of("SetRotationWindow", "PauseSecretRotation", "ResumeSecretRotation", "ClearRotationWindow")) {
            assertTrue(
                    rows.count(
                                    "SELECT count(*) FROM audit_line WHERE event LIKE ? AND event LIKE ?",
                                    "%" + operation + "%",
                                    "%" + name + "%")
                            > 0,
                    operation);
        }
    }

    @Test
    void badInputIsToldInOneSentence() throws Exception {
        String name = rotated("7d");
        String generic = secrets.create(secrets.generic());
        assertEquals(
                "The request's query has no secretName: name the secret whose schedule is meant.",
                operations.get(PATH + "/secret").problem(400, "MissingParameter"));
        operations.get(of("", "absent")).problem(404, "Forbidden.ResourceNotFound");
        operations.get(of("", "a%00b")).problem(400, "InvalidParameter");
        operations.get(of("", generic)).problem(400, "UnsupportedOperation");
        operations.post(of("/pause", generic)).problem(400, "UnsupportedOperation");
        assertEquals(
                "cron is \"0 0 2 * *\": give the six or seven fields of Quartz's syntax, as 0 0 2 * * ? for 02:00:00 of"
                        + " every day.",
                refusedWindow(name, "0 0 2 * *", "UTC", "3600"));
        assertEquals(
                "cron is \"0 0 2 30 2 ?\": no such moment comes any more, so the window would never open.",
                refusedWindow(name, "0 0 2 30 2 ?", "UTC", "3600"));
        assertEquals(
                "zone is \"Mars/Olympus\": give a time zone of the IANA database, as Asia/Shanghai or UTC.",
                refusedWindow(name, "0 0 2 * * ?", "Mars/Olympus", "3600"));
        assertEquals(
                "seconds is \"59\": give how long it stays open, from 60 (1 minute) to 604800 (7 days).",
                refusedWindow(name, "0 0 2 * * ?", "UTC", "59"));
        refusedWindow(name, "\\u0000", "UTC", "60");
        assertEquals(
                "The request's body has no zone: a window has all three: cron, zone and seconds.",
                operations
                        .post(of("/window", name), "{\"cron\":\"0 0 2 * * ?\"}")
                        .problem(400, "MissingParameter"));
        operations.post(of("/window", name)).problem(400, "MissingParameter");
        operations.post(of("/pause", name), "{\"reason\":\"a\\nb\"}").problem(400, "InvalidParameter");
        operations
                .post(PATH + "/pause", "{\"reason\":\"" + "a".repeat(257) + "\"}")
                .problem(400, "InvalidParameter");
        assertEquals(
                "interval is \"5h\": it must be from 6h to 365d, for example 7d.",
                operations.get(of("/preview", name) + "&interval=5h").problem(400, "InvalidParameter"));
        operations.get(of("/preview", name) + "&seconds=many").problem(400, "InvalidParameter");
        String without = secrets.create(secrets.rdsSingle());
        operations.get(of("/preview", without)).problem(400, "MissingParameter");
        assertFalse(shown(name).has("window"));
        assertFalse(shown(name).has("pause"));
    }

    private String refusedWindow(String name, String cron, String zone, String seconds) {
        return operations
                .post(
                        of("/window", name),
                        "{\"cron\":\"" + cron + "\",\"zone\":\"" + zone + "\",\"seconds\":" + seconds + "}")
                .problem(400, "InvalidParameter");
    }
}
