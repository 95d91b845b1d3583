-- An instance ends at a time of the calendar; one without, as each account's share of KMS 1.0, does not end. 15 days later
-- it is released: its key is destroyed, and with it everything that was encrypted below that key.
ALTER TABLE kms_instance
    ADD COLUMN name        text NOT NULL DEFAULT '',
    ADD COLUMN expires_at  timestamptz,
    ADD COLUMN released_at timestamptz,
    ALTER COLUMN wrapped_key DROP NOT NULL,
    ADD CONSTRAINT kms_instance_key_until_release CHECK ((released_at IS NULL) = (wrapped_key IS NOT NULL));

CREATE INDEX kms_instance_ends ON kms_instance (expires_at) WHERE released_at IS NULL;

-- Whether keys and secrets of an instance that ends then can be used. A released instance has expired.
CREATE FUNCTION instance_usable(expires_at timestamptz) RETURNS boolean
    LANGUAGE sql VOLATILE
    AS $$ SELECT expires_at IS NULL OR expires_at > calendar_now() $$;
