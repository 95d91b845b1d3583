package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gyre.event.RotateSecretFailed;
import io.gyre.event.RotateSecretSucceeded;
import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Order;
import io.gyre.worker.machine.VersionMove;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresRotationStoreTest extends RotationStoreConformance {
    private static PostgresUnderTest world;

    @BeforeAll
    static void begin() {
        world = new PostgresUnderTest();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Override
    protected StoreUnderTest shared() {
        return world;
    }

    @Override
    protected StoreUnderTest fresh() {
        return new PostgresUnderTest();
    }

    /** A database of its own with what Gyre keeps there. */
    private static final class PostgresUnderTest implements StoreUnderTest {
        final World world = new World();

        @Override
        public RotationStore store(String worker, Duration lease, int perTarget) {
            return world.store(worker, perTarget, lease);
        }

        @Override
        public UUID rotation(Trigger trigger, String targetKey) {
            UUID rotation = world.rotation(world.secret("s-" + UUID.randomUUID()), trigger.label());
            world.sql("UPDATE rotation SET target_key = $2 WHERE rotation_id = $1", rotation, targetKey);
            return rotation;
        }

        @Override
        public void leaseRunsOut(UUID rotation) {
            world.leaseRunsOut(rotation);
        }

        @Override
        public void calendarMoves(Duration by) {
            world.sql(
                    "UPDATE calendar SET calendar_origin = calendar_origin + $1 * interval '1 second'", by.toSeconds());
        }

        @Override
        public void order(UUID rotation, Order order, String by) {
            String name = order instanceof Order.Retry ? "retry" : "extend";
            Long seconds = order instanceof Order.Extend extend ? extend.by().toSeconds() : null;
            world.sql(
                    "UPDATE rotation SET ordered = $2, ordered_seconds = $3, ordered_by = $4 WHERE rotation_id = $1",
                    rotation,
                    name,
                    seconds,
                    by);
            world.sql(
                    "UPDATE rotation SET wake_clock = 'operational', wake_at = clock_timestamp() WHERE rotation_id = $1"
                            + " AND (lease_until IS NULL OR lease_until <= clock_timestamp())",
                    rotation);
        }

        @Override
        public Seen look(UUID rotation) {
            Row row = world.sql(
                            "SELECT r.phase, r.state, s.rotation_status FROM rotation r JOIN secret s USING (secret_id)"
                                    + " WHERE r.rotation_id = $1",
                            rotation)
                    .iterator()
                    .next();
            return new Seen(
                    row.getString("phase"),
                    row.getString("state"),
                    texts(
                            "SELECT concat_ws(' ', step, phase, note, worker) FROM rotation_step WHERE rotation_id = $1"
                                    + " ORDER BY step",
                            rotation),
                    texts(
                            "SELECT concat_ws(' ', event_type, data->>'phase', data->>'note') FROM outbox"
                                    + " WHERE data->>'rotationId' = $1::uuid::text ORDER BY outbox_id",
                            rotation),
                    stages(rotation),
                    pending(rotation),
                    row.getString("rotation_status"),
                    new HashSet<>(texts(
                            "SELECT o.credential_name FROM orphan o JOIN rotation r USING (secret_id)"
                                    + " WHERE r.rotation_id = $1 AND o.removed_at IS NULL",
                            rotation)));
        }

        private List<String> texts(String query, UUID rotation) {
            List<String> texts = new ArrayList<>();
            world.sql(query, rotation).forEach(row -> texts.add(row.getString(0)));
            return texts;
        }

        private static String named(String version) {
            return version.equals("v-new") ? "new" : version;
        }

        private Map<String, String> stages(UUID rotation) {
            Map<String, String> stages = new HashMap<>();
            world.sql(
                            "SELECT t.stage, t.version_id FROM secret_stage t JOIN rotation r USING (secret_id)"
                                    + " WHERE r.rotation_id = $1",
                            rotation)
                    .forEach(row -> stages.put(row.getString(0), named(row.getString(1))));
            return stages;
        }

        private Map<String, Boolean> pending(UUID rotation) {
            Map<String, Boolean> pending = new HashMap<>();
            world.sql(
                            "SELECT v.version_id, v.pending FROM secret_version v JOIN rotation r USING (secret_id)"
                                    + " WHERE r.rotation_id = $1",
                            rotation)
                    .forEach(row -> pending.put(named(row.getString(0)), row.getBoolean(1)));
            return pending;
        }

        @Override
        public void close() {
            world.close();
        }
    }

    @Test
    void aCandidateIsEncrypted() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        var unused = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        String ciphertext = world.world.text(
                "SELECT encode(v.ciphertext, 'escape') FROM secret_version v JOIN rotation r USING (secret_id)"
                        + " WHERE r.rotation_id = $1 AND v.version_id = 'v-new'",
                rotation);
        assertFalse(ciphertext.isEmpty() || ciphertext.contains(PASSWORD.reveal()));
    }

    @Test
    void theNextDateFollowsFromThePromotion() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        assertEquals(
                "true",
                world.world.text(
                        "SELECT next_rotation_at = last_rotation_at + interval '7 days' FROM secret JOIN rotation r"
                                + " USING (secret_id) WHERE r.rotation_id = $1",
                        rotation));
    }

    @Test
    void theEventGoesToTheTopicOfEvents() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), ended(RotationState.SUCCEEDED)));
        assertEquals(
                Set.of("gyre.rotation.events"),
                Set.of(world.world.text(
                        "SELECT topic FROM outbox WHERE data->>'rotationId' = $1::uuid::text", rotation)));
    }

    @Test
    void aTimelineIsDeletedWithItsRotation() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), ended(RotationState.SUCCEEDED)));
        String entries = "SELECT count(*) FROM rotation_step WHERE rotation_id = $1";
        assertEquals("1", world.world.text(entries, rotation));
        world.world.sql(
                "DELETE FROM secret WHERE secret_id = (SELECT secret_id FROM rotation WHERE rotation_id = $1)",
                rotation);
        assertEquals("0", world.world.text(entries, rotation));
    }

    @Test
    void theEndOfARotationIsToldAsCloudMonitorTellsIt() {
        UUID succeeded = rotation(Trigger.IMMEDIATE);
        UUID failed = rotation(Trigger.AUTOMATIC);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, succeeded), ended(RotationState.SUCCEEDED)));
        assertTrue(commit(store, claimedBy(store, failed), ended(RotationState.FAILED)));

        JsonObject success = monitored(succeeded);
        assertEquals(
                "INFO", read(withoutTold(success), RotateSecretSucceeded.class).level());
        assertEquals("kms:CloudMonitor:Secret[RotateSecret:Success] acs.kms", success.remove("told"));
        String name = (String) success.remove("instanceName");
        assertEquals("acs:kms:cn-hangzhou:1:secret/" + name, success.remove("resourceId"));
        JsonObject content = (JsonObject) success.remove("content");
        assertEquals(
                "{\"ver\":\"1.0\",\"name\":\"Secret:RotateSecret:Success\",\"level\":\"INFO\",\"status\":\"Normal\","
                        + "\"product\":\"KMS\",\"regionId\":\"cn-hangzhou\"}",
                success.encode());
        assertEquals(name, content.getString("secretName"));
        assertEquals("acs:rds:cn-hangzhou:1:dbinstance/rm-1", content.getString("RotationEntityArn"));
        assertEquals(
                "Enabled DoubleUsers", content.getString("rotationStatus") + " " + content.getString("secretSubType"));
        assertTrue(content.getString("successTime").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));

        JsonObject failure = monitored(failed);
        assertEquals(
                "CRITICAL", read(withoutTold(failure), RotateSecretFailed.class).level());
        assertEquals("kms:CloudMonitor:Secret[RotateSecret:Failure] acs.kms", failure.remove("told"));
        assertTrue(failure.getString("eventTime").matches("\\d{8}T\\d{6}\\.\\d{3}\\+0000"));
        assertFalse(failure.containsKey("instanceName"));
        JsonObject why = failure.getJsonObject("content");
        assertEquals("Invalid DoubleUsers", why.getString("rotationStatus") + " " + why.getString("rotationSubType"));
        assertEquals(
                world.world.text("SELECT note FROM rotation_step WHERE rotation_id = $1", failed),
                why.getJsonObject("failureInfo").getString("errorMessage"));
    }

    private static JsonObject withoutTold(JsonObject data) {
        JsonObject copy = data.copy();
        copy.remove("told");
        return copy;
    }

    /** Plain Jackson: it takes no field that the record has not. */
    private static <T> T read(JsonObject data, Class<T> event) {
        try {
            return JsonMapper.builder().addModule(new JavaTimeModule()).build().readValue(data.encode(), event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(data.encode(), e);
        }
    }

    @Test
    void anAutomaticRotationThatFailsIsToldAsAPolicyThatIsStuck() {
        UUID automatic = rotation(Trigger.AUTOMATIC);
        UUID immediate = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, automatic), ended(RotationState.FAILED)));
        assertTrue(commit(store, claimedBy(store, immediate), ended(RotationState.FAILED)));
        String told = "SELECT string_agg(c.event_type || ' ' || (c.data->>'automaticRotation'), ', ')"
                + " FROM secret_change c JOIN rotation r USING (secret_arn) WHERE r.rotation_id = $1";
        assertEquals("io.gyre.secret.rotation-policy-changed.v1 Invalid", world.world.text(told, automatic));
        assertEquals("null", world.world.text(told, immediate));
    }

    private JsonObject monitored(UUID rotation) {
        Row row = world.world
                .sql(
                        "SELECT o.event_type || ' ' || o.event_source AS told, o.event_id, o.data, p.event_id AS stepped"
                                + " FROM outbox o JOIN rotation r ON r.secret_arn = o.record_key"
                                + " JOIN rotation_step p USING (rotation_id)"
                                + " WHERE r.rotation_id = $1 AND o.event_source IS NOT NULL",
                        rotation)
                .iterator()
                .next();
        JsonObject data = row.getJsonObject("data").put("told", row.getString("told"));
        assertEquals(
                row.getUUID("event_id").toString(),
                data.getJsonObject("content").getString("eventId"));
        assertNotEquals(row.getUUID("stepped"), row.getUUID("event_id"));
        return data;
    }

    @Test
    void whereAPromotionMovesLabelsThatIsToldOnce() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        String told = "SELECT string_agg(concat_ws(' ', c.event_type, c.data->>'versionId', c.data->>'stages'), ', ')"
                + " FROM secret_change c JOIN rotation r USING (secret_arn) WHERE r.rotation_id = $1";
        String moved = "io.gyre.secret.stages-moved.v1 v-new {\"ACSCurrent\": \"v-new\", \"ACSPrevious\": \"v-a\"}";
        assertEquals(moved, world.world.text(told, rotation));
        world.world.sql("SELECT tell_stages(secret_id) FROM rotation WHERE rotation_id = $1", rotation);
        assertEquals(moved, world.world.text(told, rotation));
    }

    @Test
    void anEntryKeepsWhatItsEventWasToldWith() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), ended(RotationState.SUCCEEDED)));
        assertEquals(
                "true",
                world.world.text(
                        "SELECT o.event_type = p.event_type AND o.event_time = p.at_wall AND o.data = stepped_event("
                                + "r.rotation_id, p.step, r.secret_arn, s.name, s.secret_type, r.trigger,"
                                + " r.candidate_version, p.phase, p.state, p.note, p.finding, p.worker, told_time(p.at),"
                                + " told_time(p.at_wall))"
                                + " FROM rotation_step p JOIN rotation r USING (rotation_id) JOIN secret s USING (secret_id)"
                                + " JOIN outbox o USING (event_id) WHERE p.rotation_id = $1",
                        rotation));
    }
}
