-- The signatures that were seen: one is answered once, by whichever process it reaches. A row is the hash of an AccessKey's
-- id and a nonce, and goes once the signature is too old to be answered anyway.
CREATE TABLE used_nonce (
    digest     bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL
);
CREATE INDEX used_nonce_expiry ON used_nonce (expires_at);
