-- When rotations begin by a policy. The date that the API tells, next_rotation_at, stays as it is documented; begins_at says when the
-- scan looks at the secret, which is when its rotation begins unless something keeps it from it. Every time is the calendar's.
ALTER TABLE secret
    -- None: no policy rotates it, it is to be deleted, or it is paused.
    ADD COLUMN begins_at              timestamptz,
    -- Since when its date stands: a rotation whose date was past then begins at once, others are spread.
    ADD COLUMN planned_at             timestamptz,
    -- What keeps a rotation that is due from beginning, and since when: its key or instance cannot be used, it is being rotated, a
    -- secret that must not be rotated with it is, its window does not open any more, or an accident.
    ADD COLUMN held_by                text CHECK (held_by IN ('key', 'rotation', 'turn', 'window', 'failure')),
    ADD COLUMN held_since             timestamptz,
    -- Rotations begin by policy only within so many seconds of each opening: Quartz's syntax, an IANA time zone.
    ADD COLUMN window_cron            text,
    ADD COLUMN window_zone            text,
    ADD COLUMN window_seconds         bigint CHECK (window_seconds > 0),
    -- Since when no policy rotates it, by the order of which AccessKey, and why.
    ADD COLUMN rotation_paused_at     timestamptz,
    ADD COLUMN rotation_paused_by     text,
    ADD COLUMN rotation_paused_reason text,
    ADD CHECK ((held_by IS NULL) = (held_since IS NULL)),
    ADD CHECK ((window_cron IS NULL) = (window_zone IS NULL) AND (window_cron IS NULL) = (window_seconds IS NULL)),
    ADD CHECK ((rotation_paused_at IS NULL) = (rotation_paused_by IS NULL)),
    ADD CHECK (rotation_paused_reason IS NULL OR rotation_paused_at IS NOT NULL);

UPDATE secret SET begins_at = next_rotation_at, planned_at = coalesce(last_rotation_at, created_at)
WHERE rotation_status = 'Enabled' AND deletion_planned_at IS NULL AND next_rotation_at IS NOT NULL;

-- What is due is at its front, and nothing that is held for long stays there.
CREATE INDEX secret_begins ON secret (begins_at) WHERE begins_at IS NOT NULL;
DROP INDEX secret_due;

CREATE INDEX secret_held ON secret (key_id, held_since) WHERE held_by IS NOT NULL;
CREATE INDEX secret_paused ON secret (account_id, name) WHERE rotation_paused_at IS NOT NULL;

-- Whoever changes what a plan rests on has it made anew, without knowing of it: the API, a worker that ends a rotation, a restore.
CREATE FUNCTION secret_planned() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
        IF TG_OP = 'UPDATE' AND
            (OLD.rotation_status, OLD.next_rotation_at, OLD.deletion_planned_at, OLD.rotation_paused_at,
             OLD.window_cron, OLD.window_zone, OLD.window_seconds)
            IS NOT DISTINCT FROM
            (NEW.rotation_status, NEW.next_rotation_at, NEW.deletion_planned_at, NEW.rotation_paused_at,
             NEW.window_cron, NEW.window_zone, NEW.window_seconds)
        THEN
            RETURN NEW;
        END IF;
        NEW.held_by := NULL;
        NEW.held_since := NULL;
        IF NEW.rotation_status = 'Enabled' AND NEW.deletion_planned_at IS NULL AND NEW.rotation_paused_at IS NULL THEN
            NEW.begins_at := NEW.next_rotation_at;
            NEW.planned_at := calendar_now();
        ELSIF NEW.rotation_status = 'Invalid' AND NEW.next_rotation_at IS NOT NULL AND NEW.deletion_planned_at IS NULL
            AND NEW.rotation_paused_at IS NULL THEN
            -- Its last rotation failed: another is tried after an eighth of the time since its date, a minute at least and an hour at
            -- most of the wall clock, as io.gyre.schedule.LookAgain says.
            NEW.held_by := 'failure';
            NEW.held_since := NEW.next_rotation_at;
            NEW.planned_at := calendar_now();
            NEW.begins_at := NEW.planned_at + (SELECT least(greatest(
                (NEW.planned_at - NEW.next_rotation_at) / 8, interval '1 minute' * speed), interval '1 hour' * speed)
                FROM calendar);
        ELSE
            NEW.begins_at := NULL;
            NEW.planned_at := NULL;
        END IF;
        RETURN NEW;
    END $$;

CREATE TRIGGER secret_planned
    BEFORE INSERT OR UPDATE OF rotation_status, next_rotation_at, deletion_planned_at, rotation_paused_at,
        window_cron, window_zone, window_seconds ON secret
    FOR EACH ROW EXECUTE FUNCTION secret_planned();

-- What waited for a key is looked at once it can be used: at the pace at which it came due, and within an hour. A row that is locked
-- is looked at when its time has come.
CREATE FUNCTION look_at_held(keys text[]) RETURNS void
    LANGUAGE sql
    AS $$
        UPDATE secret s
           SET begins_at = h.now + (s.held_since - h.first)
                   * least(1, 3600 / greatest(1, extract(epoch FROM h.now - h.first)::double precision))
          FROM (SELECT min(held_since) AS first, (SELECT calendar_now()) AS now
                  FROM secret WHERE held_by = 'key' AND key_id = ANY (keys)) h
         WHERE s.secret_id IN (
            SELECT secret_id FROM secret WHERE held_by = 'key' AND key_id = ANY (keys) FOR NO KEY UPDATE SKIP LOCKED)
    $$;

CREATE FUNCTION key_usable_again() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM look_at_held(ARRAY[NEW.key_id]); RETURN NULL; END $$;

CREATE TRIGGER key_usable_again AFTER UPDATE OF key_state ON kms_key
    FOR EACH ROW WHEN (NEW.key_state = 'Enabled' AND OLD.key_state <> 'Enabled')
    EXECUTE FUNCTION key_usable_again();

CREATE FUNCTION instance_usable_again() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
        PERFORM look_at_held(ARRAY(SELECT key_id FROM kms_key WHERE instance_id = NEW.instance_id));
        RETURN NULL;
    END $$;

CREATE TRIGGER instance_usable_again AFTER UPDATE OF expires_at ON kms_instance
    FOR EACH ROW WHEN (NEW.expires_at IS DISTINCT FROM OLD.expires_at)
    EXECUTE FUNCTION instance_usable_again();

-- What a rotation must not share with another one that has not ended: an account at a target, or a group of secrets.
CREATE TABLE rotation_turn (
    turn        text NOT NULL,
    rotation_id uuid NOT NULL REFERENCES rotation ON DELETE CASCADE,
    PRIMARY KEY (turn, rotation_id)
);

CREATE INDEX rotation_turn_of_rotation ON rotation_turn (rotation_id);

-- The schedule as a whole: until when what is due was begun, and since when nothing begins by a policy, by whose order, and why.
CREATE TABLE rotation_schedule (
    id             smallint    PRIMARY KEY CHECK (id = 1),
    looked_at      timestamptz NOT NULL,
    -- On the wall clock: how long nobody has looked.
    looked_at_wall timestamptz NOT NULL,
    paused_at      timestamptz,
    paused_by      text,
    paused_reason  text,
    CHECK ((paused_at IS NULL) = (paused_by IS NULL)),
    CHECK (paused_reason IS NULL OR paused_at IS NOT NULL)
);

INSERT INTO rotation_schedule (id, looked_at, looked_at_wall) VALUES (1, calendar_now(), clock_timestamp());

-- Each process looks for itself now; Quartz lets one do it alone.
DELETE FROM qrtz_fired_triggers WHERE job_name = 'rotations-due';
DELETE FROM qrtz_simple_triggers WHERE trigger_name = 'rotations-due';
DELETE FROM qrtz_triggers WHERE job_name = 'rotations-due';
DELETE FROM qrtz_job_details WHERE job_name = 'rotations-due';
