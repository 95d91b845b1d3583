package io.gyre.worker.drift;

import io.gyre.worker.engine.RotationSql;

/** The statements of the looks for drift. Every time in them is PostgreSQL's own. */
final class DriftSql {
    private DriftSql() {}

    /**
     * A secret's next place in the interval, on the calendar; NULL for an interval of nothing. Places follow from the secret's
     * number by the golden ratio, which spreads any run of numbers evenly, and stay where they are.
     *
     * @param secret the number
     * @param interval in seconds
     */
    private static String place(String secret, String interval) {
        String part = "({s} * 0.6180339887498949::float8 - floor({s} * 0.6180339887498949::float8))";
        return ("to_timestamp((floor(extract(epoch FROM calendar_now())::float8 / nullif({i}, 0) - " + part + ") + 1 + "
                        + part + ") * {i})")
                .replace("{s}", secret)
                .replace("{i}", interval);
    }

    /** $1 limit, $2 interval in seconds, $3 types. */
    static final String PLACE = """
            UPDATE drift_check SET due_clock = 'calendar', due_at =
            """ + place("secret_id", "$2::float8") + """
             WHERE secret_id IN (
                SELECT secret_id FROM drift_check WHERE due_clock IS NULL AND secret_type = ANY ($3)
                 ORDER BY secret_id LIMIT $1 FOR UPDATE SKIP LOCKED)
            """;

    /** Follows a list {@code due} of secret ids: which of them can be looked at now. */
    private static final String READY = """
            , seen AS MATERIALIZED (
                SELECT s.secret_id, v.version_id, v.credential_name,
                       s.deletion_planned_at IS NULL AND k.key_state = 'Enabled' AND i.wrapped_key IS NOT NULL
                       AND instance_usable(i.expires_at)
                       AND NOT EXISTS (SELECT FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL)
                           AS ready
                  FROM due
                  JOIN secret s USING (secret_id)
                  JOIN secret_stage t ON t.secret_id = s.secret_id AND t.stage = 'ACSCurrent'
                  JOIN secret_version v ON v.secret_id = t.secret_id AND v.version_id = t.version_id
                  JOIN kms_key k ON k.key_id = v.key_id
                  JOIN kms_instance i ON i.instance_id = k.instance_id)
            """;

    /** Follows {@link #READY}. While a worker looks, the timer stands at the lease's end: a dead one's secrets come due by it. */
    private static final String TAKE = """
            UPDATE drift_check d
               SET claim = d.claim + 1, claimed_at = calendar_now(), asked_at = NULL,
                   due_clock = 'operational', due_at = clock_timestamp() + interval '1 minute'
              FROM seen, secret s, calendar c
             WHERE d.secret_id = seen.secret_id AND seen.ready AND s.secret_id = d.secret_id
            RETURNING d.secret_id, d.claim, d.secret_type, d.state, d.seen, d.means, d.remedy, d.failures,
                      s.name, s.secret_sub_type, seen.version_id, coalesce(seen.credential_name, '') AS credential_name,
                      (CAST(s.extended_config AS jsonb) - 'SecretSubType' - 'CustomData')
                          || coalesce((SELECT jsonb_object_agg('CustomData.' || p.key, p.value)
                                         FROM jsonb_each_text(CAST(s.extended_config AS jsonb) -> 'CustomData') p), '{}')
                          AS target,
                      (SELECT t.version_id FROM secret_stage t
                        WHERE t.secret_id = s.secret_id AND t.stage = 'ACSPrevious') AS previous_version,
                      (SELECT v.credential_name FROM secret_stage t JOIN secret_version v USING (secret_id, version_id)
                        WHERE t.secret_id = s.secret_id AND t.stage = 'ACSPrevious') AS previous_name,
                      ARRAY (SELECT o.credential_name FROM orphan o
                              WHERE o.secret_id = s.secret_id AND o.removed_at IS NULL) AS leftovers,
                      c.speed
            """;

    /** $1 limit, $2 types. Whoever asked is not answered where it cannot be looked at: the question ends all the same. */
    static final String CLAIM_ASKED = """
            WITH due AS MATERIALIZED (
                SELECT secret_id FROM drift_check WHERE asked_at IS NOT NULL AND secret_type = ANY ($2)
                 ORDER BY asked_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            """ + READY + """
            , unanswered AS (
                UPDATE drift_check d SET asked_at = NULL FROM seen WHERE d.secret_id = seen.secret_id AND NOT seen.ready)
            """ + TAKE;

    /** $1 limit, $2 types, $3 interval in seconds. Each half walks its own partial index from the oldest on. */
    static final String CLAIM_DUE = """
            WITH calendar_due AS MATERIALIZED (
                SELECT secret_id FROM drift_check
                 WHERE due_clock = 'calendar' AND due_at <= (SELECT calendar_now()) AND secret_type = ANY ($2)
                 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            operational_due AS MATERIALIZED (
                SELECT secret_id FROM drift_check
                 WHERE due_clock = 'operational' AND due_at <= (SELECT clock_timestamp()) AND secret_type = ANY ($2)
                 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            due AS (SELECT * FROM operational_due UNION ALL SELECT * FROM calendar_due LIMIT $1)
            """ + READY + """
            , put_off AS (
                UPDATE drift_check d SET due_clock = 'calendar', due_at =
            """ + place("d.secret_id", "$3::float8") + """
                  FROM seen WHERE d.secret_id = seen.secret_id AND NOT seen.ready)
            """ + TAKE;

    /** $1 secret, $2 version. */
    static final String REVEAL = """
            SELECT s.arn, v.version_id, v.wrapped_data_key, v.ciphertext, k.key_id, k.wrapped_material, i.instance_id,
                   i.wrapped_key
              FROM secret s
              JOIN secret_version v USING (secret_id)
              JOIN kms_key k ON k.key_id = v.key_id
              JOIN kms_instance i ON i.instance_id = k.instance_id
             WHERE s.secret_id = $1 AND v.version_id = $2
            """;

    /**
     * A rotation begins by a commit that this statement sees, or else its first effect comes after what was seen here.
     *
     * <p>$1 secret, $2 number of the claim, $3 the version that was ACSCurrent, $4 state, $5 seen, $6 means, $7 remedy, $8
     * observation, $9 failures, $10 problem, $11 repetition in ms or none, $12 interval in seconds, $13 CloudEvents type or none,
     * $14 topic, $15 worker.
     */
    static final String WRITE = """
            WITH
            """ + RotationSql.MOMENT + """
            , written AS (
                UPDATE drift_check d
                   SET looks = d.looks + 1, state = $4, seen = $5, means = $6, remedy = $7,
                       since = CASE WHEN d.state = $4 THEN d.since ELSE m.calendar END,
                       looked_at = m.calendar,
                       decided_at = CASE WHEN $10::text IS NULL THEN m.calendar ELSE d.decided_at END,
                       observation = $8, failures = $9, problem = $10,
                       due_clock = CASE WHEN $11::bigint IS NOT NULL THEN 'operational'
                                        WHEN $12::float8 > 0 THEN 'calendar' END,
                       due_at = CASE WHEN $11::bigint IS NOT NULL THEN m.wall + $11::bigint * interval '1 millisecond' ELSE
            """ + place("d.secret_id", "$12::float8") + """
                                END
                  FROM moment m
                 WHERE d.secret_id = $1 AND d.claim = $2
                   AND EXISTS (SELECT FROM secret_stage t
                                WHERE t.secret_id = d.secret_id AND t.stage = 'ACSCurrent' AND t.version_id = $3)
                   AND NOT EXISTS (SELECT FROM rotation r
                                    WHERE r.secret_id = d.secret_id
                                      AND (r.ended_at IS NULL OR r.ended_at >= d.claimed_at))
                RETURNING d.secret_id)
            INSERT INTO outbox (topic, record_key, event_type, data)
            SELECT $14, s.arn, $13, jsonb_strip_nulls(jsonb_build_object(
                       'secretArn', s.arn, 'secretName', s.name, 'secretType', s.secret_type, 'versionId', $3::text,
                       'state', $4::text, 'seen', $5::text, 'means', $6::text, 'do', $7::text, 'at', m.calendar_told,
                       'atWall', m.wall_told, 'worker', $15::text))
              FROM written JOIN secret s USING (secret_id), moment m
             WHERE $13::text IS NOT NULL
            """;
}
