-- What operators order and see: orders, lateness, what is left over at a target, and looks that change nothing.
ALTER TABLE rotation
    -- What answers for the credential: an RDS or ECS instance, or RAM as a whole. Rotations with one key share its limits.
    ADD COLUMN target_key      text NOT NULL DEFAULT '',
    -- What an operator asked for and no worker has taken yet; for how long, where that is an extension; and who asked.
    ADD COLUMN ordered         text CHECK (ordered IN ('retry', 'roll-back', 'give-up', 'extend')),
    ADD COLUMN ordered_seconds bigint CHECK (ordered_seconds > 0),
    ADD COLUMN ordered_by      text,
    -- From when on it counts as late, and then when the target is looked at next; on which clock.
    ADD COLUMN late_clock      text CHECK (late_clock IN ('operational', 'calendar')),
    ADD COLUMN late_at         timestamptz,
    -- On the calendar: since when it is late. What the look at the target found, and what to do.
    ADD COLUMN late_since      timestamptz,
    ADD COLUMN late_finding    text,
    ADD CHECK ((late_at IS NULL) = (late_clock IS NULL)),
    ADD CHECK ((ordered = 'extend') = (ordered_seconds IS NOT NULL));

CREATE INDEX rotation_late_operational ON rotation (late_at) WHERE late_clock = 'operational' AND ended_at IS NULL;
CREATE INDEX rotation_late_calendar ON rotation (late_at) WHERE late_clock = 'calendar' AND ended_at IS NULL;

-- Lists show the latest first.
CREATE INDEX rotation_latest ON rotation (requested_at DESC, rotation_id);

-- A credential that Gyre made at a target and that no program is given. Its rotation can be rolled back to remove it.
CREATE TABLE orphan (
    orphan_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rotation_id     uuid        NOT NULL REFERENCES rotation ON DELETE CASCADE,
    secret_id       bigint      NOT NULL REFERENCES secret ON DELETE CASCADE,
    -- What it is called at the target; not secret.
    credential_name text        NOT NULL,
    -- On the calendar.
    found_at        timestamptz NOT NULL,
    removed_at      timestamptz,
    UNIQUE (rotation_id, credential_name)
);

CREATE INDEX orphan_left ON orphan (secret_id) WHERE removed_at IS NULL;

-- A look at a target on behalf of somebody who waits for the answer: a dry run, or the verification of an account
-- before its secret is created. A worker makes it; nothing is changed, so it takes no lock.
CREATE TABLE inspection (
    inspection_id   uuid        PRIMARY KEY,
    -- None: the secret does not exist yet, and the credentials' values are not at hand.
    secret_id       bigint      REFERENCES secret ON DELETE CASCADE,
    former_version  text,
    idle_version    text,
    rotation_type   text        NOT NULL,
    secret_sub_type text        NOT NULL,
    target          jsonb       NOT NULL,
    -- What the credentials that are ACSCurrent and ACSPrevious are called at the target.
    former          text        NOT NULL,
    idle            text,
    asked_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until     timestamptz,
    answered_at     timestamptz,
    -- Whether a rotation would begin to change the target; what was seen, an array of sentences; what speaks against it.
    passed          boolean,
    report          jsonb,
    finding         text,
    CHECK ((answered_at IS NULL) = (passed IS NULL)),
    CHECK (passed IS NULL OR passed = (finding IS NULL))
);

CREATE INDEX inspection_open ON inspection (asked_at) WHERE answered_at IS NULL;
