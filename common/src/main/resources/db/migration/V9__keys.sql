-- A key of its own life: rotation, protection, a policy, tags, and an end. Every time in this file is the calendar's.
ALTER TABLE kms_key
    ADD COLUMN primary_version           text        NOT NULL DEFAULT gen_random_uuid()::text,
    ADD COLUMN rotation_interval_seconds bigint      CHECK (rotation_interval_seconds > 0),
    ADD COLUMN next_rotation_at          timestamptz,
    ADD COLUMN last_rotation_at          timestamptz,
    ADD COLUMN deletion_planned_at       timestamptz,
    ADD COLUMN deletion_protected        boolean     NOT NULL DEFAULT false,
    ADD COLUMN deletion_protection_note  text        NOT NULL DEFAULT '',
    -- Who may do what with a key of a KMS instance: the JSON object as its owner set it. None: the default policy.
    ADD COLUMN policy                    text,
    ADD COLUMN tags                      text        NOT NULL DEFAULT '[]',
    -- Secrets point at their key for ever, so its row outlives its material.
    ALTER COLUMN wrapped_material DROP NOT NULL,
    ADD CHECK ((next_rotation_at IS NULL) = (rotation_interval_seconds IS NULL)),
    ADD CHECK ((deletion_planned_at IS NOT NULL) = (key_state = 'PendingDeletion')),
    ADD CHECK ((wrapped_material IS NULL) = (key_state = 'Destroyed'));

-- The material that Encrypt and GenerateDataKey use is the primary version's; a former one only decrypts. The first
-- version's material is also the key's own, which secrets are sealed under, whatever rotations come.
CREATE TABLE kms_key_version (
    key_id           text        NOT NULL REFERENCES kms_key,
    key_version_id   text        NOT NULL,
    wrapped_material bytea       NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (key_id, key_version_id)
);

INSERT INTO kms_key_version (key_id, key_version_id, wrapped_material, created_at)
SELECT key_id, primary_version, wrapped_material, created_at FROM kms_key;

-- A name that an account gave a key; it begins with alias/.
CREATE TABLE key_alias (
    account_id text NOT NULL,
    name       text NOT NULL,
    key_id     text NOT NULL REFERENCES kms_key,
    PRIMARY KEY (account_id, name)
);

CREATE INDEX key_alias_of_key ON key_alias (key_id);

-- The lists of an account's keys, and the scans, cost what is asked for and what is due, not what exists.
CREATE INDEX kms_key_of_account ON kms_key (account_id, created_at, key_id);
CREATE INDEX kms_key_rotation_due ON kms_key (next_rotation_at) WHERE key_state = 'Enabled';
CREATE INDEX kms_key_deletion_due ON kms_key (deletion_planned_at) WHERE deletion_planned_at IS NOT NULL;

-- Whether a key's end must wait for a rotation of one of its secrets.
CREATE INDEX secret_of_key ON secret (key_id);
