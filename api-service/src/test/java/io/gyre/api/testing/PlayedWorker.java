package io.gyre.api.testing;

import static org.awaitility.Awaitility.await;

import io.gyre.rotation.RotationNotes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Writes into the rows what a rotation worker would, so that this module is tested without one. */
@ApplicationScoped
public class PlayedWorker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String STEP = """
            WITH moved AS (
                UPDATE rotation
                   SET steps = steps + 1, state = ?, ordered = NULL, ordered_seconds = NULL, ordered_by = NULL,
                       lease_holder = NULL, lease_until = NULL,
                       ended_at = CASE WHEN ? THEN calendar_now() END,
                       ended_at_wall = CASE WHEN ? THEN clock_timestamp() END,
                       wake_clock = CASE WHEN ? THEN NULL ELSE wake_clock END,
                       wake_at = CASE WHEN ? THEN NULL ELSE wake_at END
                 WHERE rotation_id = CAST(? AS uuid)
                RETURNING *)
            INSERT INTO rotation_step (rotation_id, step, phase, state, note, worker, at, at_wall)
            SELECT rotation_id, steps, phase, state, ?, 'worker-1', calendar_now(), clock_timestamp() FROM moved
            """;

    private final Rows rows;

    PlayedWorker(Rows rows) {
        this.rows = rows;
    }

    /** Claims a rotation for a minute. */
    public void claim(String rotation) {
        rows.change(
                "UPDATE rotation SET fence = fence + 1, lease_holder = 'worker-1',"
                        + " lease_until = clock_timestamp() + interval '1 minute', wake_clock = 'operational',"
                        + " wake_at = clock_timestamp() + interval '1 minute' WHERE rotation_id = CAST(? AS uuid)",
                rotation);
    }

    /** Adds an entry to the timeline and leaves the rotation in the given state. */
    public void step(String rotation, String state, String note) {
        boolean ended = state.equals("Succeeded") || state.equals("Failed");
        rows.change(STEP, state, ended, ended, ended, ended, rotation, note);
    }

    /** Goes on to another phase. */
    public void enters(String rotation, String phase, String note) {
        rows.change("UPDATE rotation SET phase = ? WHERE rotation_id = CAST(? AS uuid)", phase, rotation);
        step(rotation, phase.equals("SUCCEEDED") ? "Succeeded" : "Running", note);
    }

    /** Has happened so many hours ago as far as it has gone, and goes on after some more, on the calendar. */
    public void rests(String rotation, int hours, int more) {
        rows.change(
                "UPDATE rotation_step SET at = at - ? * interval '1 hour' WHERE rotation_id = CAST(? AS uuid)",
                hours,
                rotation);
        rows.change(
                "UPDATE rotation SET requested_at = requested_at - ? * interval '1 hour', wake_clock = 'calendar',"
                        + " wake_at = calendar_now() + ? * interval '1 hour', lease_holder = NULL, lease_until = NULL"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                hours,
                more,
                rotation);
    }

    /** Commits the new credential under its name at the target; its value is the former one's, which nobody opens. */
    public void names(String rotation, String credential) {
        rows.change(
                "INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,"
                        + " ciphertext, pending, created_at)"
                        + " SELECT v.secret_id, r.candidate_version, v.data_type, ?, v.key_id, v.wrapped_data_key,"
                        + " v.ciphertext, true, calendar_now() FROM rotation r JOIN secret_version v"
                        + " ON v.secret_id = r.secret_id AND v.version_id = r.former_version"
                        + " WHERE r.rotation_id = CAST(? AS uuid)",
                credential,
                rotation);
    }

    /** Makes the new credential current, and lets the rotation go on. */
    public void promotes(String rotation) {
        rows.change(
                "UPDATE rotation SET memory = jsonb_set(memory, ARRAY[?], '\"2026-03-02T10:00:00Z\"')"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                RotationNotes.PROMOTED,
                rotation);
        step(rotation, "Running", "Both AccessKeys work");
    }

    /** Takes the rotation's next order once there is one. */
    public CompletableFuture<Void> takesOrder(String rotation, String state, String note) {
        return CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> rows.count(
                                    "SELECT count(*) FROM rotation WHERE rotation_id = CAST(? AS uuid) AND ordered IS NOT NULL",
                                    rotation)
                            == 1);
            step(rotation, state, note);
        });
    }

    /**
     * Answers the next inspection of something called so at its target; completes with what it was asked to look at.
     *
     * @param finding none where it passes
     */
    public CompletableFuture<String> inspects(String former, String report, String finding) {
        return CompletableFuture.supplyAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> rows.count(
                                    "SELECT count(*) FROM inspection WHERE former = ? AND answered_at IS NULL", former)
                            == 1);
            return rows.text(
                    "UPDATE inspection SET answered_at = clock_timestamp(), passed = (CAST(? AS text) = ''),"
                            + " report = jsonb_build_array(CAST(? AS text)), finding = nullif(CAST(? AS text), '')"
                            + " WHERE former = ? AND answered_at IS NULL RETURNING CAST(inspection AS text)",
                    finding,
                    report,
                    finding,
                    former);
        });
    }

    /**
     * Answers the next offer of a credential that is called so at its target; completes with the offer as its row had it.
     *
     * @param state of the one check; a remedy comes with what does not work
     */
    public CompletableFuture<String> tries(String current, String what, String state, String seen) {
        return CompletableFuture.supplyAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> rows.count(
                                    "SELECT count(*) FROM credential_offer WHERE current_name = ? AND ended_at IS NULL",
                                    current)
                            == 1);
            String offer = rows.text(
                    "SELECT CAST(credential_offer AS text) FROM credential_offer"
                            + " WHERE current_name = ? AND ended_at IS NULL",
                    current);
            rows.change(
                    "UPDATE credential_offer SET ended_at = clock_timestamp(), current_sealed = NULL, other_sealed = NULL,"
                            + " checks = jsonb_build_array(jsonb_build_object('what', CAST(? AS text), 'state',"
                            + " CAST(? AS text), 'seen', CAST(? AS text), 'means', CASE WHEN CAST(? AS text) = 'works'"
                            + " THEN 'Programs that read the secret will be let in.' ELSE 'It means this.' END,"
                            + " 'do', CASE WHEN CAST(? AS text) = 'works' THEN '' ELSE 'Do that.' END))"
                            + " WHERE current_name = ? AND ended_at IS NULL",
                    what,
                    state,
                    seen,
                    state,
                    state,
                    current);
            return offer;
        });
    }

    /**
     * Looks at a secret once somebody asks for it, and writes what it found.
     *
     * @param seen none where the target lets the credentials in
     */
    public CompletableFuture<Void> checksDrift(String secretName, String state, String seen) {
        return CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE)
                    .until(() -> rows.count(
                                    "SELECT count(*) FROM drift_check JOIN secret USING (secret_id)"
                                            + " WHERE name = ? AND asked_at IS NOT NULL",
                                    secretName)
                            == 1);
            findsDrift(secretName, state, seen);
        });
    }

    /** Finds by a look that nobody asked for whether a secret has drifted. */
    public void findsDrift(String secretName, String state, String seen) {
        rows.change(
                "UPDATE drift_check d SET asked_at = NULL, looks = looks + 1, state = ?, seen = nullif(CAST(? AS text), ''),"
                        + " means = CASE WHEN CAST(? AS text) <> '' THEN 'It means this.' END,"
                        + " remedy = CASE WHEN CAST(? AS text) <> '' THEN 'Do that.' END, since = calendar_now(),"
                        + " looked_at = calendar_now(), decided_at = calendar_now()"
                        + " FROM secret s WHERE s.secret_id = d.secret_id AND s.name = ?",
                state,
                seen,
                seen,
                seen,
                secretName);
    }

    /** Lists a credential that the rotation left at its target. */
    public String orphan(String rotation, String credentialName) {
        return rows.text(
                "INSERT INTO orphan (rotation_id, secret_id, credential_name, found_at)"
                        + " SELECT rotation_id, secret_id, ?, calendar_now() FROM rotation"
                        + " WHERE rotation_id = CAST(? AS uuid) RETURNING orphan_id",
                credentialName,
                rotation);
    }

    /** Finds that the rotation is late. */
    public void findsLate(String rotation, String finding) {
        rows.change(
                "UPDATE rotation SET late_since = calendar_now(), late_finding = ? WHERE rotation_id = CAST(? AS uuid)",
                finding,
                rotation);
    }
}
