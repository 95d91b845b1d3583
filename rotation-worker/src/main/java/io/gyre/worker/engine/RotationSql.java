package io.gyre.worker.engine;

/** The engine's statements. Every time in them is PostgreSQL's own. */
public final class RotationSql {
    private RotationSql() {}

    /** Both clocks, read once for all rows of a statement, and as events tell them. */
    public static final String MOMENT = """
            moment AS MATERIALIZED (
                SELECT wall, calendar,
                       told_time(calendar) AS calendar_told, told_time(wall) AS wall_told
                  FROM (SELECT clock_timestamp() AS wall, calendar_now() AS calendar) AS clocks)
            """;

    /** A rotation as its machine sees it; {@code r} is its row. */
    static final String SEEN = """
            r.rotation_id, r.rotation_type, r.secret_sub_type, r.trigger, r.target, r.memory, r.phase, r.attempt,
            coalesce(r.overlap_seconds, 0) AS overlap_seconds,
            (SELECT v.credential_name FROM secret_version v
              WHERE v.secret_id = r.secret_id AND v.version_id = r.former_version) AS former,
            (SELECT v.credential_name FROM secret_version v
              WHERE v.secret_id = r.secret_id AND v.version_id = r.idle_version) AS idle,
            (SELECT v.credential_name FROM secret_version v
              WHERE v.secret_id = r.secret_id AND v.version_id = r.candidate_version) AS candidate,
            ARRAY (SELECT o.credential_name FROM orphan o
                    WHERE o.secret_id = r.secret_id AND o.removed_at IS NULL) AS leftovers
            """;

    /** What a claim changes and tells; follows a list {@code due} of rotation ids and who held them. The clocks are read once for all. */
    private static final String TAKE = """
            , clocks AS MATERIALIZED (
                SELECT clock_timestamp() AS wall, calendar_now() AS calendar, speed FROM calendar)
            UPDATE rotation r
               SET fence = r.fence + 1,
                   commits = 0,
                   lease_holder = $2,
                   lease_until = c.wall + $3 * interval '1 millisecond',
                   wake_clock = 'operational',
                   wake_at = c.wall + $3 * interval '1 millisecond'
              FROM due, clocks c
             WHERE r.rotation_id = due.rotation_id
            RETURNING r.target_key, r.fence, r.ordered, r.ordered_seconds, r.ordered_by, r.trace_parent,
                      due.lease_holder IS NOT NULL AS taken_over,
                      CAST(extract(epoch FROM c.wall - r.requested_at_wall) * 1000 AS bigint) AS age_ms,
                      c.wall AS operational, c.calendar, c.speed,
            """ + SEEN;

    /** $1 ids, $2 holder, $3 lease in ms, $4 types, $5 busy targets. */
    static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT rotation_id, lease_holder FROM rotation
                 WHERE rotation_id = ANY ($1) AND rotation_type = ANY ($4) AND target_key <> ALL ($5)
                   AND ended_at IS NULL
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                   AND wake_at <= CASE wake_clock WHEN 'calendar' THEN calendar_now() ELSE clock_timestamp() END
                   FOR UPDATE SKIP LOCKED)
            """ + TAKE;

    /**
     * $1 limit, $2 holder, $3 lease in ms, $4 types, $5 busy targets, $6 how many of one target. Each half walks its own
     * partial index from the oldest on.
     */
    static final String CLAIM_DUE = """
            WITH operational AS MATERIALIZED (
                SELECT rotation_id, target_key, lease_holder, wake_at FROM rotation
                 WHERE wake_clock = 'operational' AND wake_at <= (SELECT clock_timestamp())
                   AND rotation_type = ANY ($4) AND target_key <> ALL ($5) AND ended_at IS NULL
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                 ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            calendar_due AS MATERIALIZED (
                SELECT rotation_id, target_key, lease_holder, wake_at FROM rotation
                 WHERE wake_clock = 'calendar' AND wake_at <= (SELECT calendar_now())
                   AND rotation_type = ANY ($4) AND target_key <> ALL ($5) AND ended_at IS NULL
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                 ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            both_clocks AS (SELECT * FROM operational UNION ALL SELECT * FROM calendar_due LIMIT $1),
            ranked AS (
                SELECT rotation_id, lease_holder, row_number() OVER (PARTITION BY target_key ORDER BY wake_at) AS place
                  FROM both_clocks),
            due AS (SELECT rotation_id, lease_holder FROM ranked WHERE place <= $6)
            """ + TAKE;

    /**
     * Moves many rotations at once. A rotation that is not returned has lost its lease: its fence no longer matches, or
     * its time ran out. One that was moved by this very
     * transition before, whose answer was lost, is returned as not new, and nothing is written. Writes the timeline and tells the news in the same statement.
     *
     * <p>While the lease is held, {@code lease_until} says how long, and {@code wake_at} only has to come before that, so
     * that a dead worker's rotation is found: it stays where the claim has set it as long as that is to come. It is
     * indexed, and a change of columns that are not is several times cheaper for PostgreSQL.
     *
     * <p>The end of a rotation is told twice: as the last entry, and as CloudMonitor tells it.
     *
     * <p>Where a finding says that the secret has drifted, the end of its rotation asks for a look: a repair ends it.
     *
     * <p>$1 ids, $2 fences, $3 phases, $4 states, $5 memories, $6 attempts, $7 findings, $8 notes, $9 clocks, $10 wake
     * after ms, $11 lease for ms, $12 CloudEvents types, $13 whether an order is answered, $14 by how many ms it may take
     * longer, $15 how many commits came before since the claim, $16 worker, $17 topic, $18 and $19 CloudMonitor's
     * CloudEvents types of a success and a failure.
     */
    static final String MOVE = """
            WITH given AS (
                SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::integer[],
                                     $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::text[],
                                     $13::boolean[], $14::bigint[], $15::integer[])
                    AS g (rotation_id, fence, phase, state, memory, attempt, finding, note, wake_clock, wake_ms, lease_ms,
                          event_type, answers, extended_ms, commits)),
            """ + MOMENT + """
            , moved AS (
                UPDATE rotation r
                   SET commits = g.commits + 1, phase = g.phase, state = g.state, memory = g.memory::jsonb, attempt = g.attempt,
                       finding = g.finding,
                       steps = r.steps + (CASE WHEN g.note IS NULL THEN 0 ELSE 1 END),
                       lease_holder = CASE WHEN g.lease_ms IS NOT NULL THEN r.lease_holder END,
                       lease_until = m.wall + g.lease_ms * interval '1 millisecond',
                       wake_clock = CASE WHEN g.lease_ms IS NOT NULL THEN 'operational'
                                         WHEN r.ordered IS NOT NULL AND NOT g.answers THEN 'operational'
                                         ELSE g.wake_clock END,
                       wake_at = CASE WHEN g.lease_ms IS NOT NULL AND r.wake_at > m.wall
                                       AND r.wake_at <= m.wall + g.lease_ms * interval '1 millisecond' THEN r.wake_at
                                      WHEN g.lease_ms IS NOT NULL THEN m.wall + g.lease_ms * interval '1 millisecond'
                                      WHEN r.ordered IS NOT NULL AND NOT g.answers THEN m.wall
                                      WHEN g.wake_clock = 'calendar' THEN m.calendar + g.wake_ms * interval '1 millisecond'
                                      WHEN g.wake_clock = 'operational' THEN m.wall + g.wake_ms * interval '1 millisecond'
                                 END,
                       ordered = CASE WHEN NOT g.answers THEN r.ordered END,
                       ordered_seconds = CASE WHEN NOT g.answers THEN r.ordered_seconds END,
                       ordered_by = CASE WHEN NOT g.answers THEN r.ordered_by END,
                       late_at = r.late_at + g.extended_ms * interval '1 millisecond',
                       ended_at = CASE WHEN g.state IN ('Succeeded', 'Failed') THEN m.calendar END,
                       ended_at_wall = CASE WHEN g.state IN ('Succeeded', 'Failed') THEN m.wall END
                  FROM given g, moment m
                 WHERE r.rotation_id = g.rotation_id AND r.fence = g.fence AND r.commits = g.commits
                   AND r.lease_until > clock_timestamp()
                RETURNING r.rotation_id, r.secret_id, r.secret_arn, r.trigger, r.candidate_version, r.trace_parent, r.steps,
                          r.phase, r.state, r.finding, r.secret_sub_type, r.target, g.note, g.event_type, m.wall, m.calendar,
                          m.calendar_told, m.wall_told, gen_random_uuid() AS event_id,
                          CASE WHEN g.state IN ('Succeeded', 'Failed') THEN (
                              SELECT CASE WHEN g.state = 'Succeeded' AND s.rotation_status = 'Invalid' THEN 'Enabled'
                                          WHEN g.state = 'Failed' AND r.trigger = 'automatic'
                                           AND s.rotation_status = 'Enabled' THEN 'Invalid'
                                          ELSE s.rotation_status END
                                FROM secret s WHERE s.secret_id = r.secret_id) END AS automatic_rotation),
            told AS (
                INSERT INTO rotation_step (rotation_id, step, phase, state, note, worker, at, at_wall, event_id, event_type,
                                           finding, automatic_rotation)
                SELECT rotation_id, steps, phase, state, note, $16, calendar, wall, event_id, event_type, finding,
                       automatic_rotation
                  FROM moved WHERE note IS NOT NULL),
            announced AS (
                INSERT INTO outbox (topic, record_key, event_id, event_type, event_source, event_time, trace_parent, data)
                SELECT $17, m.secret_arn, e.event_id, e.event_type, e.event_source, m.wall, m.trace_parent, e.data
                  FROM moved m JOIN secret s USING (secret_id)
                 CROSS JOIN LATERAL (
                    SELECT m.event_id, m.event_type, NULL::text AS event_source,
                           stepped_event(m.rotation_id, m.steps, m.secret_arn, s.name, s.secret_type, m.trigger,
                               m.candidate_version, m.phase, m.state, m.note, m.finding, $16, m.calendar_told,
                               m.wall_told) AS data
                    UNION ALL
                    SELECT id, CASE m.state WHEN 'Succeeded' THEN $18 ELSE $19 END, 'acs.kms',
                           monitored_event(id, m.secret_arn, s.name, s.secret_type, m.secret_sub_type, m.target, m.state,
                               coalesce(m.finding, m.note), m.automatic_rotation, m.wall)
                      FROM monitored_id(m.event_id) AS id
                     WHERE m.state IN ('Succeeded', 'Failed')) AS e
                 WHERE m.note IS NOT NULL),
            looked_at_again AS (
                UPDATE drift_check d SET asked_at = m.wall
                  FROM moved m
                 WHERE d.secret_id = m.secret_id AND d.seen IS NOT NULL AND m.state IN ('Succeeded', 'Failed'))
            SELECT rotation_id, true AS is_new FROM moved
            UNION ALL
            SELECT r.rotation_id, false
              FROM given g
              JOIN rotation r ON r.rotation_id = g.rotation_id AND r.fence = g.fence AND r.commits = g.commits + 1
             WHERE g.rotation_id NOT IN (SELECT rotation_id FROM moved)
            """;

    /** $1 rotation id, $2 fence. What it waits for is nothing but somebody who goes on, as at its claim. */
    static final String GIVE_BACK = """
            UPDATE rotation
               SET lease_holder = NULL, lease_until = NULL, wake_clock = 'operational', wake_at = clock_timestamp()
             WHERE rotation_id = $1 AND fence = $2 AND lease_until IS NOT NULL
            """;

    /** $1 rotation ids, $2 credential names, $3 wrapped data keys, $4 ciphertexts. A refused value makes way. */
    static final String KEEP_CANDIDATES = """
            INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,
                                        ciphertext, pending, created_at)
            SELECT r.secret_id, r.candidate_version, 'text', g.name, s.key_id, g.data_key, g.ciphertext, true,
                   calendar_now()
              FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[]) AS g (rotation_id, name, data_key, ciphertext)
              JOIN rotation r USING (rotation_id)
              JOIN secret s USING (secret_id)
            ON CONFLICT (secret_id, version_id) DO UPDATE
               SET credential_name = EXCLUDED.credential_name, wrapped_data_key = EXCLUDED.wrapped_data_key,
                   ciphertext = EXCLUDED.ciphertext
             WHERE secret_version.pending
            """;

    /** $1 rotation ids. The candidate becomes ACSCurrent, the former one ACSPrevious; the next date follows. */
    static final String PROMOTE = """
            WITH promoted AS (
                SELECT secret_id, candidate_version, former_version FROM rotation WHERE rotation_id = ANY ($1)),
            shown AS (
                UPDATE secret_version v SET pending = false FROM promoted p
                 WHERE v.secret_id = p.secret_id AND v.version_id = p.candidate_version),
            staged AS (
                INSERT INTO secret_stage (secret_id, stage, version_id)
                SELECT secret_id, 'ACSCurrent', candidate_version FROM promoted
                UNION ALL SELECT secret_id, 'ACSPrevious', former_version FROM promoted
                ON CONFLICT (secret_id, stage) DO UPDATE SET version_id = EXCLUDED.version_id)
            UPDATE secret s
               SET last_rotation_at = m.calendar, updated_at = m.calendar,
                   rotation_status = CASE s.rotation_status WHEN 'Invalid' THEN 'Enabled' ELSE s.rotation_status END,
                   next_rotation_at = CASE WHEN s.rotation_status <> 'Disabled'
                       THEN m.calendar + s.rotation_interval_seconds * interval '1 second' END
              FROM promoted p, (SELECT calendar_now() AS calendar) m WHERE s.secret_id = p.secret_id
            """;

    /** $1 rotation ids, after their promotion. Ten versions are kept (kms-api: GetSecretValue); labels protect. */
    static final String PRUNE = """
            DELETE FROM secret_version v USING (
                SELECT o.secret_id, o.version_id, st.stage,
                       row_number() OVER (PARTITION BY o.secret_id
                                          ORDER BY (st.stage IS NULL), o.created_at DESC) AS place
                  FROM secret_version o
                  LEFT JOIN LATERAL (SELECT stage FROM secret_stage st
                        WHERE st.secret_id = o.secret_id AND st.version_id = o.version_id LIMIT 1) st ON true
                 WHERE NOT o.pending
                   AND o.secret_id IN (SELECT secret_id FROM rotation WHERE rotation_id = ANY ($1))) ranked
             WHERE v.secret_id = ranked.secret_id AND v.version_id = ranked.version_id
               AND ranked.place > 10 AND ranked.stage IS NULL
            """;

    /** $1 rotation ids whose former credential no longer exists at the target. */
    static final String FORGET_FORMER = """
            DELETE FROM secret_version v USING rotation r
             WHERE r.rotation_id = ANY ($1) AND v.secret_id = r.secret_id AND v.version_id = r.former_version
            """;

    /** $1 rotation ids that are taken back: the former one is current again, and the candidate still works. Only where
     * the candidate is current: what another rotation made so is not taken back. */
    static final String DEMOTE = """
            WITH demoted AS (
                SELECT r.secret_id, r.candidate_version, r.former_version
                  FROM rotation r
                  JOIN secret_stage s ON s.secret_id = r.secret_id AND s.stage = 'ACSCurrent'
                   AND s.version_id = r.candidate_version
                 WHERE r.rotation_id = ANY ($1)),
            staged AS (
                INSERT INTO secret_stage (secret_id, stage, version_id)
                SELECT secret_id, 'ACSCurrent', former_version FROM demoted
                UNION ALL SELECT secret_id, 'ACSPrevious', candidate_version FROM demoted
                ON CONFLICT (secret_id, stage) DO UPDATE SET version_id = EXCLUDED.version_id)
            UPDATE secret s SET updated_at = calendar_now() FROM demoted d WHERE s.secret_id = d.secret_id
            """;

    /** $1 rotation ids whose candidate is no credential; never what is current, whatever happened. */
    static final String DROP_CANDIDATE = """
            DELETE FROM secret_version v USING rotation r
             WHERE r.rotation_id = ANY ($1) AND v.secret_id = r.secret_id AND v.version_id = r.candidate_version
               AND NOT EXISTS (SELECT FROM secret_stage s
                                WHERE s.secret_id = v.secret_id AND s.version_id = v.version_id
                                  AND s.stage = 'ACSCurrent')
            """;

    /** $1 rotation ids whose candidate stays as a version without a label. */
    static final String KEEP_CANDIDATE = """
            UPDATE secret_version v SET pending = false FROM rotation r
             WHERE r.rotation_id = ANY ($1) AND v.secret_id = r.secret_id AND v.version_id = r.candidate_version
            """;

    /** $1 rotation ids, after all that was done to their versions. Tells of those secrets alone whose labels have moved. */
    static final String TELL_STAGES = "SELECT tell_stages(secret_id) FROM rotation WHERE rotation_id = ANY ($1)";

    /** $1 rotation ids that failed: of automatic ones their secret tells that its policy is stuck. */
    static final String MARK_FAILED = """
            UPDATE secret s SET rotation_status = 'Invalid', updated_at = calendar_now()
              FROM rotation f
             WHERE f.rotation_id = ANY ($1) AND s.secret_id = f.secret_id AND f.trigger = 'automatic'
               AND s.rotation_status = 'Enabled'
            """;

    /** $1 rotation ids that failed, after that. */
    static final String TELL_FAILED = """
            SELECT tell_secret(f.secret_id, 'io.gyre.secret.rotation-policy-changed.v1', NULL)
              FROM rotation f JOIN secret s USING (secret_id)
             WHERE f.rotation_id = ANY ($1) AND f.trigger = 'automatic' AND s.rotation_status = 'Invalid'
            """;

    /** $1 rotation ids, $2 names of credentials that nobody is given. */
    static final String LIST_ORPHANS = """
            INSERT INTO orphan (rotation_id, secret_id, credential_name, found_at)
            SELECT r.rotation_id, r.secret_id, g.name, calendar_now()
              FROM unnest($1::uuid[], $2::text[]) AS g (rotation_id, name)
              JOIN rotation r USING (rotation_id)
            ON CONFLICT (rotation_id, credential_name) DO UPDATE SET removed_at = NULL
            """;

    /** $1 rotation ids, $2 names of credentials that are gone, whichever rotation of the secret left them. */
    static final String STRIKE_ORPHANS = """
            UPDATE orphan o SET removed_at = calendar_now()
              FROM unnest($1::uuid[], $2::text[]) AS g (rotation_id, name)
              JOIN rotation r USING (rotation_id)
             WHERE o.secret_id = r.secret_id AND o.credential_name = g.name AND o.removed_at IS NULL
            """;

    /** $1 rotation id, $2 candidate, former or idle. */
    static final String REVEAL = """
            SELECT s.arn, v.version_id, v.wrapped_data_key, v.ciphertext, k.key_id, k.wrapped_material, i.instance_id,
                   i.wrapped_key
              FROM rotation r
              JOIN secret s USING (secret_id)
              JOIN secret_version v ON v.secret_id = r.secret_id
               AND v.version_id = CASE $2 WHEN 'CANDIDATE' THEN r.candidate_version
                                          WHEN 'FORMER' THEN r.former_version ELSE r.idle_version END
              JOIN kms_key k ON k.key_id = v.key_id
              JOIN kms_instance i ON i.instance_id = k.instance_id
             WHERE r.rotation_id = $1
            """;

    /** $1 rotation ids: what their candidates are sealed under. */
    static final String KEY_CHAINS = """
            SELECT r.rotation_id, r.candidate_version, s.arn, k.key_id, k.wrapped_material, i.instance_id, i.wrapped_key
              FROM rotation r
              JOIN secret s USING (secret_id)
              JOIN kms_key k ON k.key_id = s.key_id
              JOIN kms_instance i ON i.instance_id = k.instance_id
             WHERE r.rotation_id = ANY ($1)
            """;
}
