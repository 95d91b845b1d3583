-- Who may log in to the console, and who is logged in. Every time in this file is the wall clock's, by PostgreSQL. Of each
-- token that a browser or a link shows, the SHA-256 alone is kept.

-- A RAM user's password. Another password is another row, so that whoever logged in with the former one is logged out.
CREATE TABLE ram_login_profile (
    user_id        text        PRIMARY KEY REFERENCES ram_user (user_id) ON DELETE CASCADE,
    password_id    uuid        NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    -- Argon2id, in the form $argon2id$v=19$m=…,t=…,p=…$salt$hash
    password_hash  text        NOT NULL,
    -- Whether the user has to choose another one before anything else.
    reset_required boolean     NOT NULL,
    -- On the calendar, as everything that RAM tells.
    created_at     timestamptz NOT NULL
);

-- A link that a signed call asked for: it is there for a minute, and goes with its first use.
CREATE TABLE console_login_link (
    token_hash    bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    access_key_id text        NOT NULL REFERENCES access_key ON DELETE CASCADE,
    made_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX console_login_link_of_key ON console_login_link (access_key_id);

-- Somebody who is logged in, by the AccessKey that asked for the link or by a password: it ends with either.
CREATE TABLE console_session (
    token_hash    bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    access_key_id text        REFERENCES access_key ON DELETE CASCADE,
    password_id   uuid        REFERENCES ram_login_profile (password_id) ON DELETE CASCADE,
    begun_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (num_nonnulls(access_key_id, password_id) = 1)
);
CREATE INDEX console_session_of_key ON console_session (access_key_id);
CREATE INDEX console_session_of_password ON console_session (password_id);
CREATE INDEX console_session_begun ON console_session (begun_at);

-- Wrong passwords in a row, by whom they were tried for and by where they came from.
CREATE TABLE console_failure (
    -- 'user/ID'; for names that are no user's 'nobody/' and the first 16 bits of the name's hash; 'from/ADDRESS'
    subject       text        PRIMARY KEY,
    failures      int         NOT NULL,
    last_at       timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
);
CREATE INDEX console_failure_last ON console_failure (last_at);
