-- Every time in this file is the calendar's.
CREATE TABLE secret (
    secret_id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id                text        NOT NULL,
    name                      text        NOT NULL,
    arn                       text        NOT NULL UNIQUE,
    -- As on the wire: Generic, Rds, RAMCredentials, ECS.
    secret_type               text        NOT NULL,
    -- As on the wire: SingleUser, DoubleUsers, RamUserAccessKey, Password, SSHKey; none for Generic.
    secret_sub_type           text,
    description               text        NOT NULL DEFAULT '',
    key_id                    text        NOT NULL REFERENCES kms_key,
    -- The KMS instance as the caller named it; none for a secret of KMS 1.0.
    instance_id               text        REFERENCES kms_instance,
    -- The JSON object that the caller gave, without secrets.
    extended_config           text,
    tags                      text        NOT NULL DEFAULT '[]',
    rotation_status           text        NOT NULL DEFAULT 'Disabled'
                                          CHECK (rotation_status IN ('Enabled', 'Disabled', 'Invalid')),
    rotation_interval_seconds bigint      CHECK (rotation_interval_seconds > 0),
    next_rotation_at          timestamptz,
    last_rotation_at          timestamptz,
    created_at                timestamptz NOT NULL,
    updated_at                timestamptz NOT NULL,
    deletion_planned_at       timestamptz,
    UNIQUE (account_id, name)
);

-- The scan for due secrets costs what is due, not what exists.
CREATE INDEX secret_due ON secret (next_rotation_at)
    WHERE rotation_status = 'Enabled' AND deletion_planned_at IS NULL;

CREATE TABLE secret_version (
    secret_id        bigint      NOT NULL REFERENCES secret ON DELETE CASCADE,
    version_id       text        NOT NULL,
    data_type        text        NOT NULL CHECK (data_type IN ('text', 'binary')),
    -- What the credential is called at its target: the AccessKeyId, the account's or the user's name. Not secret.
    credential_name  text,
    key_id           text        NOT NULL REFERENCES kms_key,
    wrapped_data_key bytea       NOT NULL,
    ciphertext       bytea       NOT NULL,
    -- The candidate of a running rotation: committed before its target hears of it, never shown on the wire.
    pending          boolean     NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (secret_id, version_id)
);

-- A stage names exactly one version: that is the primary key.
CREATE TABLE secret_stage (
    secret_id  bigint NOT NULL,
    stage      text   NOT NULL,
    version_id text   NOT NULL,
    PRIMARY KEY (secret_id, stage),
    FOREIGN KEY (secret_id, version_id) REFERENCES secret_version ON DELETE CASCADE
);

CREATE INDEX secret_stage_version ON secret_stage (secret_id, version_id);
