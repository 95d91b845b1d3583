-- Events that are sent to whoever asked for them. All times are on the wall clock: receivers know no other.
CREATE TABLE webhook (
    webhook_id    uuid        PRIMARY KEY,
    account_id    text        NOT NULL,
    -- For people.
    name          text        NOT NULL,
    url           text        NOT NULL,
    -- Types of events, or beginnings of them ('io.gyre.rotation.*'); none means all.
    event_types   text[]      NOT NULL,
    state         text        NOT NULL CHECK (state IN ('Active', 'Paused', 'Disabled')),
    -- Why it stands so, in a sentence.
    reason        text        NOT NULL,
    -- Since when no delivery has succeeded, and whether the log was told.
    failing_since timestamptz,
    failure_told  boolean     NOT NULL DEFAULT false,
    created_by    text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX webhook_of_account ON webhook (account_id, created_at, webhook_id);

-- What bodies are signed with: the current secret of each, and for a day the former one.
CREATE TABLE webhook_secret (
    secret_id   text        PRIMARY KEY,
    webhook_id  uuid        NOT NULL REFERENCES webhook ON DELETE CASCADE,
    -- Sealed under the root key.
    sealed      bytea       NOT NULL,
    -- None: it is the current one.
    valid_until timestamptz
);

CREATE UNIQUE INDEX webhook_secret_current ON webhook_secret (webhook_id) WHERE valid_until IS NULL;
CREATE INDEX webhook_secret_of ON webhook_secret (webhook_id);

-- What is still to be sent, and what could not be. A delivery that succeeded is deleted.
CREATE TABLE webhook_delivery (
    delivery_id uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    webhook_id  uuid        NOT NULL REFERENCES webhook ON DELETE CASCADE,
    event_id    uuid        NOT NULL,
    event_type  text        NOT NULL,
    -- The very characters that are signed and sent.
    body        text        NOT NULL,
    attempts    integer     NOT NULL DEFAULT 0,
    -- When it is sent next; none once it has failed. Whoever takes it moves this on first, so that nobody else does.
    next_at     timestamptz DEFAULT clock_timestamp(),
    -- What came of the last attempt, in a few words.
    last_answer text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    failed_at   timestamptz,
    CHECK ((next_at IS NULL) = (failed_at IS NOT NULL))
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_delivery_failed ON webhook_delivery (webhook_id, failed_at DESC, delivery_id)
    WHERE failed_at IS NOT NULL;
CREATE INDEX webhook_delivery_made ON webhook_delivery (created_at);
