package io.gyre.api.schedule;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Rows.Held;
import io.gyre.api.testing.Secrets;
import io.gyre.schedule.CatchUp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look for due secrets costs, and who gets which of them, among many thousands that are not due. */
@QuarkusTest
class DueSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TAKE = DueSecrets.TAKE.replace(":batch", "100");

    private static final String PLANNED = " FROM rotation_plan JOIN secret USING (secret_id) WHERE name LIKE 'many/%'";

    /** Of a line of a plan: the rows that a scan gave, in each of its loops. */
    private static final Pattern ACTUAL = Pattern.compile("actual[^)]* rows=([0-9.]+) loops=([0-9]+)");

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    DueSecrets due;

    @Inject
    Mutiny.SessionFactory sessions;

    private String model = "";

    /** Nothing of this begins: all is paused, and its key is disabled. */
    @BeforeEach
    void fill() throws Exception {
        model = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("30d"));
        rows.change("UPDATE rotation_schedule SET paused_at = calendar_now(), paused_by = 'test'");
        rows.change(
                "INSERT INTO kms_key SELECT (jsonb_populate_record(k, jsonb_build_object('key_id', 'many',"
                        + " 'key_state', 'Disabled', 'service_key', false, 'next_rotation_at', NULL,"
                        + " 'rotation_interval_seconds', NULL))).*"
                        + " FROM kms_key k JOIN secret s USING (key_id) WHERE s.name = ?",
                model);
        addSecrets(20_000, "timestamptz '2999-01-01' + n * interval '1 second'");
        rows.change("UPDATE secret SET deletion_planned_at = timestamptz '2999-01-01'"
                + " WHERE name LIKE 'many/%' AND secret_id % 50 = 0");
    }

    @AfterEach
    void empty() {
        rows.change("DELETE FROM secret WHERE name LIKE 'many/%'");
        rows.change("DELETE FROM kms_key WHERE key_id = 'many'");
        resume();
    }

    private void resume() {
        rows.change("UPDATE rotation_schedule SET paused_at = NULL, paused_by = NULL, paused_reason = NULL,"
                + " looked_at = calendar_now(), looked_at_wall = clock_timestamp()");
    }

    private void addSecrets(int count, String date) {
        rows.change(
                "INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, extended_config, key_id,"
                        + " created_at, updated_at, rotation_status, rotation_interval_seconds, next_rotation_at)"
                        + " SELECT account_id, 'many/' || gen_random_uuid(), gen_random_uuid(), secret_type,"
                        + " secret_sub_type, extended_config, 'many', created_at, updated_at, rotation_status,"
                        + " rotation_interval_seconds, " + date
                        + " FROM secret, generate_series(1, " + count + ") AS n WHERE name = ?",
                model);
        rows.change("ANALYZE secret, rotation_plan");
    }

    /** @return how many rows were read off the index, after it was found to be the one that is read */
    private long examined(String index, String sql) {
        List<String> plan = rows.explained(sql);
        String whole = String.join("\n", plan);
        assertFalse(whole.contains("Seq Scan on secret") || whole.contains("Seq Scan on rotation_plan"), whole);
        assertFalse(whole.contains("Rows Removed"), whole);
        String scan = plan.stream()
                .filter(line -> line.contains("using " + index) || line.contains("on " + index))
                .findFirst()
                .orElseThrow(() -> new AssertionError(whole));
        Matcher actual = ACTUAL.matcher(scan);
        assertTrue(actual.find(), scan);
        return Math.round(Double.parseDouble(actual.group(1)) * Long.parseLong(actual.group(2)));
    }

    /** What other tests left may come due meanwhile. */
    private void expectNoMoreThanIsDue() {
        String due = "SELECT count(*) FROM rotation_plan WHERE begins_at <= calendar_now()";
        long before = rows.count(due);
        long examined = examined("rotation_plan_begins", TAKE);
        assertTrue(before <= examined && examined <= rows.count(due), before + " due, examined " + examined);
    }

    @Test
    void theScansCostWhatIsDueAndNotWhatThereIs() {
        expectNoMoreThanIsDue();
        addSecrets(30, "calendar_now() - interval '1 hour'");
        expectNoMoreThanIsDue();
        addSecrets(300, "calendar_now() - interval '1 hour'");
        assertEquals(100, examined("rotation_plan_begins", TAKE), "no more than a batch, however much is due");
        String tellPast = DueSecrets.TELL_PAST.replace(":batch", "100");
        assertEquals(0, examined("secret_deletion", tellPast));
        rows.change("UPDATE secret SET deletion_planned_at = NULL WHERE name LIKE 'many/%'");
        rows.change("ANALYZE secret");
        assertEquals(0, examined("secret_deletion", tellPast), "where the deletion of none is planned");
    }

    @Test
    void whatIsDueAndCannotBeginIsLookedAtOnceAndThenLeftAlone() {
        addSecrets(5_000, "calendar_now() - interval '1 hour'");
        resume();
        await().atMost(PATIENCE).until(() -> rows.count("SELECT count(*)" + PLANNED + " AND held_by = 'key'") == 5_000);
        rows.change("UPDATE rotation_schedule SET paused_at = calendar_now(), paused_by = 'test'");
        rows.change("ANALYZE secret, rotation_plan");
        // Those that were looked at a minute ago may be due again, on a slow machine.
        long dueAgain = rows.count("SELECT count(*) FROM rotation_plan WHERE begins_at <= calendar_now()");
        assertTrue(examined("rotation_plan_begins", TAKE) <= dueAgain + 100);
        assertTrue(dueAgain < 5_000, "all of them are looked at each time");
    }

    @Test
    void theLongerASecretHasWaitedTheLongerItIsLeftAlone() {
        addSecrets(1, "calendar_now() - interval '3 days'");
        rows.change("UPDATE rotation_plan p SET held_by = 'key', held_since = calendar_now() - interval '2 days'"
                + " FROM secret s WHERE s.secret_id = p.secret_id AND name LIKE 'many/%'"
                + " AND next_rotation_at <= calendar_now()");
        resume();
        String waiting = PLANNED + " AND held_by = 'key'";
        await().atMost(PATIENCE)
                .until(() -> rows.count("SELECT count(*)" + waiting + " AND begins_at > calendar_now()") == 1);
        assertEquals(
                "t",
                rows.text("SELECT begins_at BETWEEN calendar_now() + interval '55 minutes' AND calendar_now()"
                        + " + interval '1 hour' AND held_since < calendar_now() - interval '1 day'" + waiting));
    }

    @Test
    void whatWaitedForItsKeyBeginsAtThePaceAtWhichItCameDueOnceTheKeyIsEnabled() {
        addSecrets(3, "calendar_now() - interval '1 day'");
        rows.change("UPDATE rotation_plan p SET held_by = 'key', begins_at = timestamptz '2999-01-01',"
                + " held_since = calendar_now() - m.ago FROM (SELECT secret_id, interval '10 hours'"
                + " - 2 * row_number() OVER (ORDER BY secret_id) * interval '1 hour' AS ago FROM secret"
                + " WHERE name LIKE 'many/%' AND next_rotation_at <= calendar_now()) m"
                + " WHERE p.secret_id = m.secret_id");
        rows.change("UPDATE kms_key SET key_state = 'Enabled' WHERE key_id = 'many'");
        // They came due 8, 6 and 4 hours ago: that is within the hour, in that order.
        assertEquals(
                List.of("0", "15", "30"),
                rows.texts("SELECT CAST(round(extract(epoch FROM begins_at - min(begins_at) OVER ()) / 60) AS text)"
                        + PLANNED + " AND held_by IS NOT NULL ORDER BY begins_at"));
        assertEquals("t", rows.text("SELECT min(begins_at) <= calendar_now()" + PLANNED));
    }

    @Test
    void twoProcessesAreHandedDifferentSecretsAndNeitherWaitsForTheOther() {
        addSecrets(250, "calendar_now() - interval '1 hour'");
        try (Held one = rows.held();
                Held other = rows.held()) {
            List<String> handedToOne = one.texts(TAKE);
            List<String> handedToTheOther = other.texts(TAKE);
            assertEquals(100, handedToOne.size());
            assertEquals(100, handedToTheOther.size());
            List<String> both = new ArrayList<>(handedToOne);
            both.retainAll(handedToTheOther);
            assertEquals(List.of(), both);
        }
    }

    @Test
    void aProcessThatDiesWithWhatItWasHandedDelaysItByAMinute() {
        addSecrets(1, "calendar_now() - interval '1 hour'");
        String id = rows.texts(TAKE).get(0);
        assertFalse(rows.texts(TAKE).contains(id));
        assertEquals(
                "t",
                rows.text(
                        "SELECT begins_at BETWEEN calendar_now() AND calendar_now() + interval '1 minute'"
                                + " FROM rotation_plan WHERE secret_id = CAST(? AS bigint)",
                        id));
    }

    @Test
    void aPlanThatIsChangedWhileItsSecretIsHandedOutIsNeitherBegunNorPutOff() throws Throwable {
        for (String change : List.of(
                "rotation_paused_at = calendar_now(), rotation_paused_by = 'test'",
                "window_cron = '0 0 2 * * ?', window_zone = 'UTC', window_seconds = 60",
                "next_rotation_at = calendar_now() + interval '1 day'",
                "rotation_status = 'Disabled'",
                "deletion_planned_at = calendar_now() + interval '7 days'")) {
            rows.change(
                    "UPDATE secret SET next_rotation_at = calendar_now() - interval '100 years',"
                            + " rotation_status = 'Enabled', rotation_paused_at = NULL, rotation_paused_by = NULL,"
                            + " window_cron = NULL, window_zone = NULL, window_seconds = NULL,"
                            + " deletion_planned_at = NULL WHERE name = ?",
                    model);
            DueSecret handedOut = inTransaction(session -> due.take(session, 1)).get(0);
            assertTrue(isLocked(handedOut), "as long as nothing is changed");
            rows.change("UPDATE secret SET " + change + " WHERE name = ?", model);
            assertFalse(isLocked(handedOut), change);
            String plan = "SELECT concat_ws(' ', begins_at, held_by) FROM secret LEFT JOIN rotation_plan"
                    + " USING (secret_id) WHERE name = ?";
            String before = rows.text(plan, model);
            PutOff later = new PutOff(handedOut, handedOut.now().plusSeconds(5), Hold.KEY);
            inTransaction(session -> due.putOff(session, List.of(later)));
            assertEquals(before, rows.text(plan, model), change);
        }
    }

    private boolean isLocked(DueSecret handedOut) throws Throwable {
        return inTransaction(session -> due.lock(session, handedOut).map(secret -> secret != null));
    }

    private <T> T inTransaction(Function<Mutiny.StatelessSession, Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> sessions.withStatelessTransaction(work));
    }

    @Test
    void whatCameDueWhileNobodyLookedBeginsInItsOrderWithinTheCatchUp() {
        rows.change("UPDATE rotation_schedule SET looked_at = calendar_now() - interval '1 day',"
                + " looked_at_wall = clock_timestamp() - interval '1 day'");
        Instant from = instant(rows.text("SELECT to_json(looked_at) #>> '{}' FROM rotation_schedule"));
        addSecrets(24, "(SELECT looked_at FROM rotation_schedule) + (n - 1) * interval '1 hour'");
        // A policy that was set beforehand, and not just now.
        rows.change("UPDATE rotation_plan p SET planned_at = created_at - interval '1 year' FROM secret s"
                + " WHERE s.secret_id = p.secret_id AND name LIKE 'many/%' AND next_rotation_at <= calendar_now()");
        String missed = PLANNED + " AND next_rotation_at <= calendar_now()";
        rows.change("UPDATE rotation_schedule SET paused_at = NULL, paused_by = NULL");
        await().atMost(PATIENCE)
                .until(() -> rows.count("SELECT count(*) FROM rotation_schedule"
                                + " WHERE looked_at_wall > clock_timestamp() - interval '1 minute'")
                        == 1);
        List<String> dates = rows.texts("SELECT to_json(next_rotation_at) #>> '{}'" + missed + " ORDER BY 1");
        List<String> begins = rows.texts("SELECT to_json(begins_at) #>> '{}'" + missed + " ORDER BY next_rotation_at");
        // Of the last one, the earliest that can have been looked at again: the others show when it was.
        Instant last = instant(begins.get(23));
        Instant now = last.minusMillis(
                (long) (Duration.between(from, instant(dates.get(23))).toMillis() / 24.0));
        CatchUp pure = new CatchUp(from, now, Duration.ofHours(1));
        for (int i = 2; i < 24; i++) {
            Duration apart = Duration.between(pure.begin(instant(dates.get(i))), instant(begins.get(i)))
                    .abs();
            assertTrue(apart.compareTo(Duration.ofSeconds(1)) < 0, i + ": " + apart);
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Test
    void whileAllIsPausedNothingIsHandedOut() {
        addSecrets(1, "calendar_now() - interval '1 hour'");
        String due = "SELECT count(*)" + PLANNED + " AND begins_at <= calendar_now()";
        assertEquals(0, rows.count("SELECT count(*)" + PLANNED + " AND held_by IS NOT NULL"));
        assertEquals(1, rows.count(due));
        resume();
        await().atMost(PATIENCE).until(() -> rows.count(due) == 0);
    }

    @Test
    void eachProcessLooksForItselfAndNotTheOneThatQuartzChooses() {
        assertEquals(0, rows.count("SELECT count(*) FROM qrtz_triggers WHERE trigger_name = 'rotations-due'"));
        assertEquals(1, rows.count("SELECT count(*) FROM qrtz_triggers WHERE trigger_name = 'deletions-due'"));
    }
}
