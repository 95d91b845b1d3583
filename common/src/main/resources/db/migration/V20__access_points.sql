-- By what programs reach KMS instances without an AccessKey: an application access point has up to three policies, each of
-- which is limited to an instance and, by its network rules, to source addresses; its client keys log in to it. A policy
-- names what it permits as templates and resources, each a JSON array of texts.
CREATE TABLE network_rule (
    account_id  text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL,
    -- Addresses and ranges, a JSON array of texts.
    sources     text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, name)
);

CREATE TABLE access_point_policy (
    account_id  text        NOT NULL,
    name        text        NOT NULL,
    instance_id text        NOT NULL REFERENCES kms_instance,
    description text        NOT NULL,
    permissions text        NOT NULL,
    resources   text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, name)
);

-- A rule that a policy names cannot be deleted, nor a policy that an access point names.
CREATE TABLE access_point_policy_rule (
    account_id text NOT NULL,
    policy     text NOT NULL,
    rule       text NOT NULL,
    place      int  NOT NULL,
    PRIMARY KEY (account_id, policy, rule),
    FOREIGN KEY (account_id, policy) REFERENCES access_point_policy ON DELETE CASCADE,
    FOREIGN KEY (account_id, rule) REFERENCES network_rule
);

CREATE INDEX access_point_policy_rule_of_rule ON access_point_policy_rule (account_id, rule);

CREATE TABLE access_point (
    account_id  text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, name)
);

CREATE TABLE access_point_attachment (
    account_id   text NOT NULL,
    access_point text NOT NULL,
    policy       text NOT NULL,
    place        int  NOT NULL,
    PRIMARY KEY (account_id, access_point, policy),
    FOREIGN KEY (account_id, access_point) REFERENCES access_point ON DELETE CASCADE,
    FOREIGN KEY (account_id, policy) REFERENCES access_point_policy
);

CREATE INDEX access_point_attachment_of_policy ON access_point_attachment (account_id, policy);

-- Of a client key the public half alone is kept; its times are the wall clock's, as those of a certificate.
CREATE TABLE client_key (
    client_key_id text        PRIMARY KEY,
    account_id    text        NOT NULL,
    access_point  text        NOT NULL,
    public_key    bytea       NOT NULL,
    not_before    timestamptz NOT NULL,
    not_after     timestamptz NOT NULL CHECK (not_after > not_before),
    created_at    timestamptz NOT NULL,
    FOREIGN KEY (account_id, access_point) REFERENCES access_point
);

CREATE INDEX client_key_of_access_point ON client_key (account_id, access_point, created_at);
