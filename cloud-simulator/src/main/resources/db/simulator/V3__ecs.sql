-- ECS instances whose accounts log in over SSH, and the commands that their agents were given.
CREATE TABLE ecs_key_pair (
    key_pair_name text        PRIMARY KEY,
    fingerprint   text        NOT NULL,
    public_key    text        NOT NULL,
    created_at    timestamptz NOT NULL
);

CREATE TABLE ecs_instance (
    instance_id     text        PRIMARY KEY,
    instance_name   text        NOT NULL,
    region          text        NOT NULL,
    image_id        text        NOT NULL,
    instance_type   text        NOT NULL,
    key_pair_name   text,
    status          text        NOT NULL CHECK (status IN ('Running', 'Stopped')),
    created_at      timestamptz NOT NULL,
    -- PKCS #8, sealed as the keys of RAM users are.
    sealed_host_key text        NOT NULL
);

CREATE TABLE ecs_tag (
    instance_id text NOT NULL REFERENCES ecs_instance ON DELETE CASCADE,
    tag_key     text NOT NULL,
    tag_value   text NOT NULL,
    PRIMARY KEY (instance_id, tag_key)
);

-- A password is kept as crypt(3) makes it; without one, only keys log in.
CREATE TABLE ecs_account (
    instance_id   text NOT NULL REFERENCES ecs_instance ON DELETE CASCADE,
    user_name     text NOT NULL,
    password_hash text,
    PRIMARY KEY (instance_id, user_name)
);

CREATE TABLE ecs_authorized_key (
    instance_id text NOT NULL,
    user_name   text NOT NULL,
    public_key  text NOT NULL,
    PRIMARY KEY (instance_id, user_name, public_key),
    FOREIGN KEY (instance_id, user_name) REFERENCES ecs_account ON DELETE CASCADE
);

-- Kept after the instance is gone: a caller may still ask.
CREATE TABLE ecs_invocation (
    invoke_id   text        NOT NULL,
    instance_id text        NOT NULL,
    command_id  text        NOT NULL,
    parameters  jsonb       NOT NULL,
    created_at  timestamptz NOT NULL,
    -- On this database's clock: when the agent begins, when it has done.
    begins_at   timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    finished_at timestamptz,
    succeeded   boolean,
    exit_code   integer,
    error_code  text        NOT NULL DEFAULT '',
    error_info  text        NOT NULL DEFAULT '',
    output      text        NOT NULL DEFAULT '',
    PRIMARY KEY (invoke_id, instance_id)
);
CREATE INDEX ecs_invocation_due ON ecs_invocation (due_at) WHERE finished_at IS NULL;
