-- A cloud account's RAM users and their keys. Dates are the calendar's, but for what is named otherwise.
CREATE TABLE ram_user (
    user_name    text        PRIMARY KEY,
    user_id      text        NOT NULL UNIQUE,
    display_name text        NOT NULL,
    mobile_phone text        NOT NULL,
    email        text        NOT NULL,
    comments     text        NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);

CREATE TABLE ram_access_key (
    access_key_id text        PRIMARY KEY,
    user_name     text        NOT NULL REFERENCES ram_user,
    -- Sealed under a key that comes of the account's own secret.
    sealed_secret text        NOT NULL,
    status        text        NOT NULL CHECK (status IN ('Active', 'Inactive')),
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz,
    -- On this database's clock: a new key takes its time until every gateway knows it.
    valid_at      timestamptz NOT NULL
);
CREATE INDEX ram_access_key_of_user ON ram_access_key (user_name);

CREATE TABLE ram_policy_attachment (
    user_name   text        NOT NULL REFERENCES ram_user,
    policy_name text        NOT NULL,
    attached_at timestamptz NOT NULL,
    PRIMARY KEY (user_name, policy_name)
);

-- The ports at which simulated instances listen; an instance keeps its own for life.
CREATE TABLE endpoint (
    port        integer PRIMARY KEY,
    instance_id text    NOT NULL UNIQUE
);
