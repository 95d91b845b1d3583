-- Credentials that somebody types in for a secret that does not exist yet, to be tried where they are checked before it is made. A
-- worker tries them and changes nothing; whoever asked waits for what it saw.
CREATE TABLE credential_offer (
    offer_id        uuid        PRIMARY KEY,
    account_id      text        NOT NULL,
    rotation_type   text        NOT NULL,
    secret_sub_type text        NOT NULL,
    -- The RDS or ECS instance, or the RAM user: with the names, what tries are counted by.
    place           text        NOT NULL,
    -- As the secret's ExtendedConfig would have it, flat.
    target          jsonb       NOT NULL,
    -- What the credential in use, and the other one of a pair, are called there.
    current_name    text        NOT NULL,
    other_name      text,
    -- Their values, each sealed for its name in this row alone; none once nobody tries them any more.
    current_sealed  bytea,
    other_sealed    bytea,
    asked_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until     timestamptz,
    ended_at        timestamptz,
    -- What the worker saw, an array of objects; none where nobody waited for it any more.
    checks          jsonb,
    CHECK ((ended_at IS NULL) = (current_sealed IS NOT NULL)),
    CHECK (other_sealed IS NULL OR (ended_at IS NULL AND other_name IS NOT NULL)),
    CHECK (checks IS NULL OR ended_at IS NOT NULL)
);

CREATE INDEX credential_offer_open ON credential_offer (asked_at) WHERE ended_at IS NULL;
CREATE INDEX credential_offer_counted ON credential_offer (account_id, place);
