CREATE TABLE rotation (
    rotation_id         uuid        PRIMARY KEY,
    secret_id           bigint      NOT NULL REFERENCES secret ON DELETE CASCADE,
    secret_arn          text        NOT NULL,
    -- ram, rds or ecs: the request topic, and the workers that serve it.
    rotation_type       text        NOT NULL,
    secret_sub_type     text        NOT NULL,
    trigger             text        NOT NULL CHECK (trigger IN ('automatic', 'immediate')),
    -- The version that is to become ACSCurrent; those that were ACSCurrent and ACSPrevious at the request.
    candidate_version   text        NOT NULL,
    former_version      text        NOT NULL,
    idle_version        text,
    -- Where the credential is checked, fixed at the request: the secret's ExtendedConfig, flat; no secrets.
    target              jsonb       NOT NULL,
    -- How long the former credential lives on beside the new one, on the calendar (RAM).
    overlap_seconds     bigint,
    phase               text        NOT NULL,
    -- What the machine noted on the way; no secrets.
    memory              jsonb       NOT NULL DEFAULT '{}',
    state               text        NOT NULL CHECK (state IN ('Running', 'Waiting', 'Succeeded', 'Failed')),
    -- For a person: what is seen, what it means, what to do.
    finding             text,
    attempt             integer     NOT NULL DEFAULT 0,
    -- The number of timeline entries so far.
    steps               integer     NOT NULL DEFAULT 0,
    -- Grows with each claim; a write that carries an older one is refused.
    fence               bigint      NOT NULL DEFAULT 0,
    lease_holder        text,
    lease_until         timestamptz,
    -- The one timer: when the rotation wants attention next, and on which clock. While a worker holds the lease it is
    -- the lease's end, so a dead worker's rotations come due by themselves. None: it waits on a person, or has ended.
    wake_clock          text        CHECK (wake_clock IN ('operational', 'calendar')),
    wake_at             timestamptz,
    trace_parent        text,
    requested_at        timestamptz NOT NULL,
    requested_at_wall   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at            timestamptz,
    ended_at_wall       timestamptz,
    CHECK ((ended_at IS NOT NULL) = (state IN ('Succeeded', 'Failed'))),
    CHECK ((wake_at IS NULL) = (wake_clock IS NULL))
);

-- The lock: a secret has at most one rotation that has not ended. No process can break it.
CREATE UNIQUE INDEX rotation_one_active ON rotation (secret_id) WHERE ended_at IS NULL;

CREATE INDEX rotation_of_secret ON rotation (secret_id, requested_at);
CREATE INDEX rotation_wakes_operational ON rotation (wake_at) WHERE wake_clock = 'operational';
CREATE INDEX rotation_wakes_calendar ON rotation (wake_at) WHERE wake_clock = 'calendar';

-- The timeline: one row for each thing that happened, as a person reads it.
CREATE TABLE rotation_step (
    rotation_id uuid        NOT NULL REFERENCES rotation ON DELETE CASCADE,
    step        integer     NOT NULL,
    phase       text        NOT NULL,
    state       text        NOT NULL,
    note        text        NOT NULL,
    worker      text,
    at          timestamptz NOT NULL,
    at_wall     timestamptz NOT NULL,
    PRIMARY KEY (rotation_id, step)
);

-- What is still to be told to Kafka; written in the transaction that made it true, deleted once acknowledged.
CREATE TABLE outbox (
    outbox_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic        text        NOT NULL,
    record_key   text        NOT NULL,
    event_id     uuid        NOT NULL DEFAULT gen_random_uuid(),
    event_type   text        NOT NULL,
    event_time   timestamptz NOT NULL DEFAULT clock_timestamp(),
    trace_parent text,
    data         jsonb       NOT NULL
);

-- Tells the relay that there is something to do; PostgreSQL sends one such note per transaction, after its commit.
CREATE FUNCTION outbox_filled() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_notify('gyre_outbox', ''); RETURN NULL; END $$;

CREATE TRIGGER outbox_filled AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_filled();
