-- A selection of secrets that is rotated in waves. Times that a person reads are the calendar's; what it waits for goes by the
-- operational clock.
CREATE TABLE campaign (
    campaign_id       uuid        PRIMARY KEY,
    account_id        text        NOT NULL,
    -- For people.
    name              text        NOT NULL,
    state             text        NOT NULL
                                  CHECK (state IN ('Running', 'Paused', 'Stopped', 'Ended', 'RollingBack', 'RolledBack')),
    -- Why it stands so, in a sentence.
    reason            text        NOT NULL,
    -- What was asked for, as a JSON object; what came of it are the rows of campaign_secret.
    selection         jsonb       NOT NULL,
    canary            integer     NOT NULL CHECK (canary > 0),
    growth            integer     NOT NULL CHECK (growth > 0),
    wave_limit        integer     NOT NULL CHECK (wave_limit >= canary),
    soak_seconds      bigint      NOT NULL CHECK (soak_seconds >= 0),
    failures_percent  integer     NOT NULL CHECK (failures_percent BETWEEN 0 AND 99),
    -- How long the former AccessKey of a RAM user lives on beside the new one.
    overlap_seconds   bigint      NOT NULL,
    probe_url         text,
    secrets           integer     NOT NULL CHECK (secrets > 0),
    waves             integer     NOT NULL CHECK (waves > 0),
    -- The latest wave that has begun; 0 before the first.
    wave              integer     NOT NULL DEFAULT 0 CHECK (wave BETWEEN 0 AND waves),
    wave_begun_at     timestamptz,
    wave_done_at      timestamptz,
    -- How often in a row the probe was red; when it is asked next; what it said last.
    reds              integer     NOT NULL DEFAULT 0,
    probe_due_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    probe_seen        text,
    -- The failures that a person went on with.
    accepted_wave     integer     NOT NULL DEFAULT 0,
    accepted_of_wave  integer     NOT NULL DEFAULT 0,
    accepted_of_all   integer     NOT NULL DEFAULT 0,
    -- The AccessKey that made it, and the one that ordered the way back.
    created_by        text        NOT NULL,
    rolled_back_by    text,
    created_at        timestamptz NOT NULL,
    created_at_wall   timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL
);

-- Lists show the latest first; a scan costs what is under way.
CREATE INDEX campaign_latest ON campaign (account_id, created_at DESC, campaign_id);
CREATE INDEX campaign_under_way ON campaign (state) WHERE state IN ('Running', 'RollingBack');

-- The selection, fixed when the campaign is made: which secret is rotated in which wave, and what became of it.
CREATE TABLE campaign_secret (
    campaign_id     uuid    NOT NULL REFERENCES campaign ON DELETE CASCADE,
    -- From 1, in the order in which they begin.
    place           integer NOT NULL,
    wave            integer NOT NULL,
    -- None: it was deleted since.
    secret_id       bigint  REFERENCES secret ON DELETE SET NULL,
    secret_name     text    NOT NULL,
    -- Its rotation, if one was begun; or why none was. The rotation goes with its secret.
    rotation_id     uuid,
    skipped_because text,
    -- Of a campaign that is rolled back: whether that was ordered of the rotation, or why there was nothing to order.
    way_back        text    CHECK (way_back IN ('ordered', 'succeeded-before', 'failed-before')),
    PRIMARY KEY (campaign_id, place),
    UNIQUE (campaign_id, secret_id),
    CHECK (rotation_id IS NULL OR skipped_because IS NULL),
    CHECK (way_back IS NULL OR rotation_id IS NOT NULL)
);

CREATE INDEX campaign_secret_of ON campaign_secret (secret_id);
CREATE INDEX campaign_secret_open ON campaign_secret (campaign_id, place)
    WHERE rotation_id IS NULL AND skipped_because IS NULL;
