-- RDS instances and accounts. An account is the role INSTANCE/ACCOUNT of this very server, so that its state here and
-- the role change in one transaction.
CREATE TABLE rds_instance (
    instance_id    text        PRIMARY KEY,
    description    text        NOT NULL,
    engine_version text        NOT NULL,
    region         text        NOT NULL,
    status         text        NOT NULL CHECK (status IN ('Creating', 'Running', 'Deleting')),
    created_at     timestamptz NOT NULL
);

CREATE TABLE rds_account (
    instance_id  text NOT NULL REFERENCES rds_instance,
    account_name text NOT NULL,
    account_type text NOT NULL CHECK (account_type IN ('Normal', 'Super')),
    description  text NOT NULL,
    status       text NOT NULL CHECK (status IN ('Creating', 'Unavailable', 'Available')),
    PRIMARY KEY (instance_id, account_name)
);

CREATE TABLE rds_privilege (
    instance_id  text NOT NULL,
    account_name text NOT NULL,
    db_name      text NOT NULL,
    privilege    text NOT NULL,
    PRIMARY KEY (instance_id, account_name, db_name),
    FOREIGN KEY (instance_id, account_name) REFERENCES rds_account ON DELETE CASCADE
);

-- What has been asked for and is not done yet. No password is kept, but its SCRAM verifier.
CREATE TABLE rds_change (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text        NOT NULL,
    instance_id  text        NOT NULL REFERENCES rds_instance,
    account_name text,
    verifier     text,
    db_name      text,
    privilege    text,
    -- On this database's clock.
    due_at       timestamptz NOT NULL
);
CREATE INDEX rds_change_due ON rds_change (due_at, id);

CREATE FUNCTION rds_create_role(instance text, account text, verifier text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- A role may be left from a state that was thrown away.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = instance || '/' || account) THEN
        EXECUTE format('CREATE ROLE %I', instance || '/' || account);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', instance || '/' || account, verifier);
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', instance, instance || '/' || account);
END $$;

CREATE FUNCTION rds_set_password(instance text, account text, verifier text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', instance || '/' || account, verifier);
END $$;

-- What the role owns or may do in its instance's database must be gone before.
CREATE FUNCTION rds_drop_role(instance text, account text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP ROLE IF EXISTS %I', instance || '/' || account);
END $$;

-- Nobody reaches another database than that of his own instance.
DO $$
BEGIN
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC;
    REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;
END $$;
