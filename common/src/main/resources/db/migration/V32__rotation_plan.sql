-- When rotations begin by a policy, apart from what they rotate. Each look at a secret changes when the next one is; among the columns of
-- secret, each such change was a new row in all of that table's indexes.
CREATE TABLE rotation_plan (
    -- There is a row for each secret that a policy rotates, unless it is to be deleted or is paused.
    secret_id  bigint      PRIMARY KEY REFERENCES secret ON DELETE CASCADE,
    -- When the scan looks at the secret, which is when its rotation begins unless something keeps it from it.
    begins_at  timestamptz NOT NULL,
    -- Since when its date stands: a rotation whose date was past then begins at once, others are spread.
    planned_at timestamptz NOT NULL,
    -- What keeps a rotation that is due from beginning, and since when: its key or instance cannot be used, it is being rotated, a
    -- secret that must not be rotated with it is, its window does not open any more, or an accident.
    held_since timestamptz,
    held_by    text CHECK (held_by IN ('key', 'rotation', 'turn', 'window', 'failure')),
    CHECK ((held_by IS NULL) = (held_since IS NULL))
);

INSERT INTO rotation_plan (secret_id, begins_at, planned_at, held_since, held_by)
SELECT secret_id, begins_at, planned_at, held_since, held_by FROM secret WHERE begins_at IS NOT NULL;

-- What is due is at its front, and nothing that is held for long stays there.
CREATE INDEX rotation_plan_begins ON rotation_plan (begins_at);
CREATE INDEX rotation_plan_held ON rotation_plan (held_since) WHERE held_by IS NOT NULL;

DROP TRIGGER secret_planned ON secret;
ALTER TABLE secret
    DROP COLUMN begins_at,
    DROP COLUMN planned_at,
    DROP COLUMN held_by,
    DROP COLUMN held_since;

-- Whoever changes what a plan rests on has it made anew, without knowing of it, and without a right to the table: the API, a worker
-- that ends a rotation, a restore.
CREATE OR REPLACE FUNCTION secret_planned() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        plan rotation_plan := (NEW.secret_id, NEW.next_rotation_at, calendar_now(), NULL, NULL);
    BEGIN
        IF NEW.deletion_planned_at IS NOT NULL OR NEW.rotation_paused_at IS NOT NULL OR NEW.next_rotation_at IS NULL
            OR NEW.rotation_status NOT IN ('Enabled', 'Invalid')
        THEN
            DELETE FROM rotation_plan WHERE secret_id = NEW.secret_id;
            RETURN NULL;
        END IF;
        IF NEW.rotation_status = 'Invalid' THEN
            -- Its last rotation failed: another is tried after an eighth of the time since its date, a minute at least and an hour at
            -- most of the wall clock, as io.gyre.schedule.LookAgain says.
            plan.held_by := 'failure';
            plan.held_since := NEW.next_rotation_at;
            plan.begins_at := plan.planned_at + (SELECT least(greatest(
                (plan.planned_at - NEW.next_rotation_at) / 8, interval '1 minute' * speed), interval '1 hour' * speed)
                FROM calendar);
        END IF;
        INSERT INTO rotation_plan VALUES (plan.*)
        ON CONFLICT (secret_id) DO UPDATE
           SET begins_at = EXCLUDED.begins_at, planned_at = EXCLUDED.planned_at,
               held_since = EXCLUDED.held_since, held_by = EXCLUDED.held_by;
        RETURN NULL;
    END $$;

CREATE TRIGGER secret_planned_first
    AFTER INSERT ON secret
    FOR EACH ROW WHEN (NEW.next_rotation_at IS NOT NULL)
    EXECUTE FUNCTION secret_planned();

CREATE TRIGGER secret_planned
    AFTER UPDATE OF rotation_status, next_rotation_at, deletion_planned_at, rotation_paused_at,
        window_cron, window_zone, window_seconds ON secret
    FOR EACH ROW WHEN (
        (OLD.rotation_status, OLD.next_rotation_at, OLD.deletion_planned_at, OLD.rotation_paused_at,
         OLD.window_cron, OLD.window_zone, OLD.window_seconds)
        IS DISTINCT FROM
        (NEW.rotation_status, NEW.next_rotation_at, NEW.deletion_planned_at, NEW.rotation_paused_at,
         NEW.window_cron, NEW.window_zone, NEW.window_seconds))
    EXECUTE FUNCTION secret_planned();

-- What waited for a key is looked at once it can be used: at the pace at which it came due, and within an hour. A row that is locked
-- is looked at when its time has come.
CREATE OR REPLACE FUNCTION look_at_held(keys text[]) RETURNS void
    LANGUAGE sql
    AS $$
        WITH held AS MATERIALIZED (
            SELECT p.secret_id, p.held_since
              FROM rotation_plan p JOIN secret s USING (secret_id)
             WHERE p.held_by = 'key' AND s.key_id = ANY (keys)
               FOR NO KEY UPDATE OF p SKIP LOCKED),
        span AS (SELECT min(held_since) AS first, (SELECT calendar_now()) AS now FROM held)
        UPDATE rotation_plan p
           SET begins_at = span.now + (p.held_since - span.first)
                   * least(1, 3600 / greatest(1, extract(epoch FROM span.now - span.first)::double precision))
          FROM span
         WHERE p.secret_id IN (SELECT secret_id FROM held)
    $$;
