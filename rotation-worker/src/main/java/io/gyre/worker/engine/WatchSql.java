package io.gyre.worker.engine;

/** The statements of the looks that change nothing at a target. Every time in them is PostgreSQL's own. */
final class WatchSql {
    private WatchSql() {}

    /**
     * $1 limit, $2 types. Those whose time on the calendar is over get two minutes of the wall's: the calls to the cloud take
     * their time there, however fast the calendar runs.
     */
    static final String CALENDAR_IS_OVER = """
            UPDATE rotation SET late_clock = 'operational', late_at = clock_timestamp() + interval '2 minutes'
             WHERE rotation_id IN (
                SELECT rotation_id FROM rotation
                 WHERE late_clock = 'calendar' AND late_at <= (SELECT calendar_now()) AND ended_at IS NULL
                   AND rotation_type = ANY ($2)
                 ORDER BY late_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            """;

    /** $1 limit, $2 types. One that rests as it should, in an overlap that was extended, say, is not late before an hour after. */
    static final String CLAIM_LATE = """
            WITH due AS MATERIALIZED (
                SELECT rotation_id,
                       coalesce(wake_clock = 'calendar' AND wake_at > (SELECT calendar_now()), false) AS rests
                  FROM rotation
                 WHERE late_clock = 'operational' AND late_at <= (SELECT clock_timestamp()) AND ended_at IS NULL
                   AND rotation_type = ANY ($2)
                 ORDER BY late_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            resting AS (
                UPDATE rotation r SET late_clock = 'calendar', late_at = r.wake_at + interval '1 hour'
                  FROM due WHERE r.rotation_id = due.rotation_id AND due.rests)
            UPDATE rotation r
               SET late_at = clock_timestamp() + interval '5 minutes',
                   late_since = coalesce(r.late_since, calendar_now())
              FROM due, calendar c
             WHERE r.rotation_id = due.rotation_id AND NOT due.rests
            RETURNING r.state,
                      (SELECT s.at_wall FROM rotation_step s WHERE s.rotation_id = r.rotation_id AND s.step = r.steps)
                          AS phase_since,
                      clock_timestamp() AS operational, calendar_now() AS calendar, c.speed,
            """ + RotationSql.SEEN;

    /** $1 rotation id, $2 finding, $3 worker, $4 topic, $5 CloudEvents type. */
    static final String TELL_LATE = """
            WITH
            """ + RotationSql.MOMENT + """
            , told AS (
                UPDATE rotation r SET late_finding = $2, steps = r.steps + 1
                 WHERE r.rotation_id = $1 AND r.ended_at IS NULL AND r.late_finding IS DISTINCT FROM $2
                RETURNING r.*, gen_random_uuid() AS event_id),
            noted AS (
                INSERT INTO rotation_step (rotation_id, step, phase, state, note, worker, at, at_wall, event_id, event_type,
                                           finding)
                SELECT rotation_id, steps, phase, state, 'Late. ' || $2, $3, calendar, wall, event_id, $5, $2
                  FROM told, moment)
            INSERT INTO outbox (topic, record_key, event_id, event_type, event_time, trace_parent, data)
            SELECT $4, t.secret_arn, t.event_id, $5, m.wall, t.trace_parent,
                   stepped_event(t.rotation_id, t.steps, t.secret_arn, s.name, s.secret_type, t.trigger, t.candidate_version,
                       t.phase, t.state, 'Late. ' || $2, $2, $3, m.calendar_told, m.wall_told)
              FROM told t JOIN secret s USING (secret_id), moment m
            """;

    /** $1 limit, $2 types. */
    static final String CLAIM_INSPECTIONS = """
            WITH asked AS MATERIALIZED (
                SELECT inspection_id FROM inspection
                 WHERE answered_at IS NULL AND rotation_type = ANY ($2)
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                 ORDER BY asked_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            UPDATE inspection i SET lease_until = clock_timestamp() + interval '15 seconds'
              FROM asked, calendar c
             WHERE i.inspection_id = asked.inspection_id
            RETURNING i.inspection_id, i.rotation_type, i.secret_sub_type, i.target, i.former, i.idle,
                      i.secret_id IS NOT NULL AS stored,
                      ARRAY (SELECT o.credential_name FROM orphan o
                              WHERE o.secret_id = i.secret_id AND o.removed_at IS NULL) AS leftovers,
                      clock_timestamp() AS operational, calendar_now() AS calendar, c.speed
            """;

    /** $1 inspection id, $2 whether it passed, $3 what was seen, $4 finding. */
    static final String ANSWER = """
            UPDATE inspection SET answered_at = clock_timestamp(), passed = $2, report = $3, finding = $4
             WHERE inspection_id = $1 AND answered_at IS NULL
            """;

    /** $1 inspection id, $2 former or idle. */
    static final String REVEAL = """
            SELECT s.arn, v.version_id, v.wrapped_data_key, v.ciphertext, k.key_id, k.wrapped_material, k.instance_id,
                   n.wrapped_key
              FROM inspection i
              JOIN secret s USING (secret_id)
              JOIN secret_version v ON v.secret_id = i.secret_id
               AND v.version_id = CASE $2 WHEN 'FORMER' THEN i.former_version ELSE i.idle_version END
              JOIN kms_key k ON k.key_id = v.key_id
              JOIN kms_instance n ON n.instance_id = k.instance_id
             WHERE i.inspection_id = $1
            """;
}
