-- Which root key is current. Nothing of a key is in the database but its name. It is one row: whoever seals something for a
-- table takes it until its transaction ends, so a rotation of the root key waits for that, and nothing comes late.
CREATE TABLE root_key (
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
    current_id text        NOT NULL,
    -- What carries no name was sealed under this one, before root keys had names.
    unnamed_id text,
    -- Whether everything is under the current one.
    settled    boolean     NOT NULL DEFAULT true,
    -- Of the last rotation.
    rotated_at timestamptz,
    rotated_by text
);

-- Which processes run, and the root keys that each was given: a rotation begins only where all have the new one.
CREATE TABLE root_key_process (
    process_id uuid        PRIMARY KEY,
    kind       text        NOT NULL,
    name       text        NOT NULL,
    known_ids  text[]      NOT NULL,
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Until when tokens of sessions, which are stored nowhere, were sealed below a root key.
CREATE TABLE root_key_session (
    root_key_id text        PRIMARY KEY,
    sealed_at   timestamptz NOT NULL
);

ALTER TABLE kms_instance ADD COLUMN key_rotated_at timestamptz;

-- The name in front of what a root key sealed; NULL where it carries none.
CREATE FUNCTION root_key_of(sealed bytea) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $$
        SELECT CASE WHEN substring(sealed FROM 1 FOR 8) = 'gyre:rk1'::bytea
                    THEN encode(substring(sealed FROM 9 FOR 8), 'hex') END
    $$;

-- A process says that it is there, and learns which root key is current. It asks as the tables' owner, since workers need no
-- more of them than this. In one transaction with a start's own checks, a rotation waits for the row that is read last, and
-- then sees the process: none slips past.
CREATE FUNCTION note_root_keys(process uuid, process_kind text, process_name text, known text[], sealing text)
    RETURNS TABLE (current_key text, unnamed_key text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    BEGIN
        INSERT INTO root_key_process AS p (process_id, kind, name, known_ids)
        VALUES (process, process_kind, process_name, known)
        ON CONFLICT (process_id) DO UPDATE SET seen_at = clock_timestamp();
        INSERT INTO root_key_session AS s (root_key_id, sealed_at)
        SELECT sealing, clock_timestamp() WHERE sealing IS NOT NULL
        ON CONFLICT (root_key_id) DO UPDATE SET sealed_at = clock_timestamp();
        RETURN QUERY SELECT current_id, unnamed_id FROM root_key FOR SHARE;
    END
    $$;

-- A process that ends says so; one that was killed is forgotten after a while.
CREATE FUNCTION forget_root_keys(process uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ DELETE FROM root_key_process WHERE process_id = process OR seen_at < clock_timestamp() - interval '1 day' $$;

REVOKE EXECUTE ON FUNCTION note_root_keys(uuid, text, text, text[], text), forget_root_keys(uuid) FROM PUBLIC;
