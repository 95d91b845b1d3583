-- The audit log: lines chained by their hashes, a chain for each process that writes and one for what rotations did; and
-- heads of the chains, signed. Rows are only ever added.
CREATE TABLE audit_key (
    key_id     text        PRIMARY KEY,
    -- X.509 SubjectPublicKeyInfo of an Ed25519 key.
    public_key bytea       NOT NULL,
    -- Its private half (PKCS #8), sealed under the root key.
    sealed_key bytea       NOT NULL,
    made_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE audit_chain (
    -- Chains are read in this order; a process of today stands behind one of yesterday.
    chain_no    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain_id    uuid        NOT NULL UNIQUE,
    -- 'calls' where a process tells of the calls that it answered, 'steps' where the relay tells of rotations.
    kind        text        NOT NULL CHECK (kind IN ('calls', 'steps')),
    writer      text        NOT NULL,
    begun_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Of the chain of steps, which whoever relays goes on with: its end, and the last line that a head tells of.
    last_line   bigint      NOT NULL DEFAULT 0,
    last_hash   text,
    headed_line bigint      NOT NULL DEFAULT 0,
    headed_at   timestamptz
);
CREATE UNIQUE INDEX audit_chain_of_steps ON audit_chain (kind) WHERE kind = 'steps';

-- Whoever checks a log checks that its lines have a chain: a foreign key would look it up for each line.
CREATE TABLE audit_line (
    chain_no   bigint      NOT NULL,
    line       bigint      NOT NULL,
    hash       text        NOT NULL,
    -- The very characters that the hash is of: a JSON object in the shape of an ActionTrail event.
    event      text        NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (chain_no, line)
);
CREATE INDEX audit_line_latest ON audit_line (written_at);

CREATE TABLE audit_head (
    chain_no  bigint NOT NULL,
    line      bigint NOT NULL,
    hash      text   NOT NULL,
    -- The very characters that were signed.
    signed_at text   NOT NULL,
    key_id    text   NOT NULL,
    signature text   NOT NULL,
    PRIMARY KEY (chain_no, line)
);
