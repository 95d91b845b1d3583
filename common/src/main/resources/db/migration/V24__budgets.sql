-- How often each product of a cloud account may be called, by all workers together. Not logged: it is written for every few calls,
-- and a budget that is lost with PostgreSQL's memory begins empty, so nothing is called too often.
CREATE UNLOGGED TABLE cloud_budget (
    account      text             NOT NULL,
    product      text             NOT NULL CHECK (product IN ('ram', 'sts', 'rds', 'ecs')),
    -- Bucket4j's, in its own form: what follows it is for people.
    bucket       bytea            NOT NULL,
    -- What it held at that moment; negative where calls have been promised that come later.
    calls        double precision NOT NULL,
    taken_at     timestamptz      NOT NULL,
    -- Calls a second, and at once after a while without any.
    rate         double precision NOT NULL,
    burst        double precision NOT NULL,
    -- Which part of the rate was left when the cloud last said that it is called too often.
    share        double precision NOT NULL DEFAULT 1 CHECK (share > 0 AND share <= 1),
    throttled_at timestamptz,
    PRIMARY KEY (account, product)
) WITH (fillfactor = 10);

-- The part of its rate that a budget has now: it grows by a tenth of the whole every 30 seconds since the cloud throttled.
CREATE FUNCTION budget_share(share double precision, throttled_at timestamptz) RETURNS double precision
    LANGUAGE sql VOLATILE
    AS $$
        SELECT CASE WHEN throttled_at IS NULL THEN 1
                    ELSE least(1, share
                        + 0.1 * greatest(0, floor(extract(epoch FROM clock_timestamp() - throttled_at) / 30))) END
    $$;
