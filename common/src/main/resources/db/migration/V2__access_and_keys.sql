-- HMAC signatures are checked with the secret itself, so it is kept encrypted under the root key, not hashed.
CREATE TABLE access_key (
    access_key_id  text        PRIMARY KEY,
    account_id     text        NOT NULL,
    principal      text        NOT NULL,
    wrapped_secret bytea       NOT NULL,
    active         boolean     NOT NULL DEFAULT true,
    created_at     timestamptz NOT NULL
);

-- A KMS instance, and the key that all its keys are wrapped by. Each account has one row more, with the id
-- 'shared/ACCOUNT', for keys and secrets that belong to no instance (KMS 1.0).
CREATE TABLE kms_instance (
    instance_id text        PRIMARY KEY,
    account_id  text        NOT NULL,
    wrapped_key bytea       NOT NULL,
    created_at  timestamptz NOT NULL
);

CREATE TABLE kms_key (
    key_id           text        PRIMARY KEY,
    account_id       text        NOT NULL,
    instance_id      text        NOT NULL REFERENCES kms_instance,
    -- Made by Gyre for secrets that name no key; at most one in each instance.
    service_key      boolean     NOT NULL DEFAULT false,
    description      text        NOT NULL DEFAULT '',
    key_spec         text        NOT NULL,
    key_usage        text        NOT NULL,
    key_state        text        NOT NULL DEFAULT 'Enabled',
    origin           text        NOT NULL,
    protection_level text        NOT NULL,
    creator          text        NOT NULL,
    wrapped_material bytea       NOT NULL,
    created_at       timestamptz NOT NULL
);

CREATE UNIQUE INDEX kms_key_one_service_key ON kms_key (instance_id) WHERE service_key;
