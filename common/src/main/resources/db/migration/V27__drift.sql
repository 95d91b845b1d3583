-- Whether what is ACSCurrent still authenticates at its target: when each managed secret is looked at next, and what the last look
-- found. A room of its own, so that a look never waits for whoever changes or rotates the secret.
CREATE TABLE drift_check (
    secret_id   bigint      PRIMARY KEY REFERENCES secret ON DELETE CASCADE,
    -- As on the wire: Rds, RAMCredentials, ECS. A worker looks at what it serves.
    secret_type text        NOT NULL,
    -- The one timer, as a rotation's: the next look on the calendar, a repetition or the end of a lease on the wall clock. None:
    -- the secret has no place in the interval yet, which the next worker gives it.
    due_clock   text        CHECK (due_clock IN ('operational', 'calendar')),
    due_at      timestamptz,
    -- On the wall clock: somebody wants it looked at now.
    asked_at    timestamptz,
    -- Grows with each claim and with each question: what was seen under an older number is not written.
    claim       bigint      NOT NULL DEFAULT 0,
    -- On the calendar.
    claimed_at  timestamptz,
    -- How often something was written: whoever asked waits for the next number.
    looks       bigint      NOT NULL DEFAULT 0,
    state       text        NOT NULL DEFAULT 'Unknown'
                            CHECK (state IN ('Unknown', 'Good', 'Drifted', 'PreviousDrifted', 'Unchecked')),
    -- What is seen, what it means, what to do; none where there is nothing to tell.
    seen        text,
    means       text,
    remedy      text,
    -- On the calendar: since when it is in its state; the last look; the last that proved or refuted something.
    since       timestamptz,
    looked_at   timestamptz,
    decided_at  timestamptz,
    -- Seen beside it, and nothing that is wrong.
    observation text,
    -- Looks in a row that proved nothing, and why the last one did not.
    failures    integer     NOT NULL DEFAULT 0,
    problem     text,
    CHECK ((due_at IS NULL) = (due_clock IS NULL)),
    CHECK ((seen IS NULL) = (state IN ('Unknown', 'Good'))),
    CHECK (num_nulls(seen, means, remedy) IN (0, 3))
);

-- The looks cost what is due, not what exists.
CREATE INDEX drift_due_operational ON drift_check (due_at) WHERE due_clock = 'operational';
CREATE INDEX drift_due_calendar ON drift_check (due_at) WHERE due_clock = 'calendar';
CREATE INDEX drift_without_place ON drift_check (secret_id) WHERE due_clock IS NULL;
CREATE INDEX drift_asked ON drift_check (asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX drift_found ON drift_check (secret_id) WHERE seen IS NOT NULL;

-- However a managed secret comes about, by a call or out of a backup, it has its row.
CREATE FUNCTION secret_managed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
        INSERT INTO drift_check (secret_id, secret_type) VALUES (NEW.secret_id, NEW.secret_type);
        RETURN NULL;
    END $$;

CREATE TRIGGER secret_managed AFTER INSERT ON secret
    FOR EACH ROW WHEN (NEW.secret_type <> 'Generic') EXECUTE FUNCTION secret_managed();

INSERT INTO drift_check (secret_id, secret_type)
SELECT secret_id, secret_type FROM secret WHERE secret_type <> 'Generic';

-- A person orders a rotation because the current credential does not work any more.
ALTER TABLE rotation
    DROP CONSTRAINT rotation_trigger_check,
    ADD CONSTRAINT rotation_trigger_check CHECK (trigger IN ('automatic', 'immediate', 'repair'));
