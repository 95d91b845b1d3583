-- The identities of an account beside its root, and what they may do. Policies of type System stand in the code, so an
-- attachment points at one by name alone. Every time in this file is the calendar's.
CREATE TABLE ram_user (
    account_id   text        NOT NULL,
    user_name    text        NOT NULL,
    user_id      text        NOT NULL UNIQUE,
    display_name text        NOT NULL DEFAULT '',
    mobile_phone text        NOT NULL DEFAULT '',
    email        text        NOT NULL DEFAULT '',
    comments     text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, user_name)
);

CREATE TABLE ram_role (
    account_id          text        NOT NULL,
    role_name           text        NOT NULL,
    -- A session belongs to this id: a role that is made anew under the same name does not take it over.
    role_id             text        NOT NULL UNIQUE,
    description         text        NOT NULL DEFAULT '',
    trust_policy        text        NOT NULL,
    max_session_seconds int         NOT NULL CHECK (max_session_seconds BETWEEN 3600 AND 43200),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    PRIMARY KEY (account_id, role_name)
);

-- Custom policies.
CREATE TABLE ram_policy (
    account_id      text        NOT NULL,
    policy_name     text        NOT NULL,
    description     text        NOT NULL DEFAULT '',
    -- The version that counts.
    default_version text        NOT NULL,
    -- How many versions it ever had: the number of one that was deleted is not given again.
    versions_made   int         NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (account_id, policy_name)
);

CREATE TABLE ram_policy_version (
    account_id  text        NOT NULL,
    policy_name text        NOT NULL,
    -- 'v1', 'v2', …
    version_id  text        NOT NULL,
    document    text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, policy_name, version_id),
    FOREIGN KEY (account_id, policy_name) REFERENCES ram_policy ON DELETE CASCADE
);

CREATE TABLE ram_policy_attachment (
    account_id  text        NOT NULL,
    -- 'user/NAME' or 'role/NAME'
    principal   text        NOT NULL,
    policy_type text        NOT NULL CHECK (policy_type IN ('System', 'Custom')),
    policy_name text        NOT NULL,
    attached_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, principal, policy_type, policy_name)
);

CREATE INDEX ram_policy_attachment_of_policy ON ram_policy_attachment (account_id, policy_type, policy_name);

-- Written coarsely, so that it costs no request a write; none where the key was never used.
ALTER TABLE access_key ADD COLUMN last_used_at timestamptz;

CREATE INDEX access_key_of_principal ON access_key (account_id, principal, created_at);
