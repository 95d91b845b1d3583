package io.gyre.worker.budget;

/** The budgets' statements. Every time in them is PostgreSQL's own. */
final class BudgetSql {
    private BudgetSql() {}

    /**
     * $1 account, $2 product. One row always, for its clock. A bucket from the future was kept before PostgreSQL's clock was set
     * back: it would not grow until the clock has caught up, so it counts as none.
     */
    static final String READ = """
            SELECT clock_timestamp() AS wall, budget_share(b.share, b.throttled_at) AS share,
                   CASE WHEN b.taken_at <= clock_timestamp() THEN b.bucket END AS bucket
              FROM (SELECT $1::text AS account, $2::text AS product) AS asked
              LEFT JOIN cloud_budget b USING (account, product)
            """;

    /**
     * $1 account, $2 product, $3 bucket, $4 calls that it holds, $5 calls a second, $6 burst. Whoever comes second changes
     * nothing.
     */
    static final String BEGIN = """
            INSERT INTO cloud_budget AS b (account, product, bucket, calls, rate, burst, taken_at)
            VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
            ON CONFLICT (account, product) DO UPDATE
               SET bucket = EXCLUDED.bucket, calls = EXCLUDED.calls, rate = EXCLUDED.rate, burst = EXCLUDED.burst,
                   taken_at = clock_timestamp()
             WHERE b.taken_at > clock_timestamp()
            """;

    /** The same, $7 the bucket that was read. If it is another one by now, nothing is changed. */
    static final String REPLACE = """
            UPDATE cloud_budget
               SET bucket = $3, calls = $4, rate = $5, burst = $6, taken_at = clock_timestamp()
             WHERE account = $1 AND product = $2 AND bucket = $7
            """;

    /**
     * $1 account, $2 product, $3 the least share, $4 seconds. Halves what is granted; within so many seconds of one halving there
     * is no other. {@link Throttle} says the same.
     */
    static final String THROTTLED = """
            UPDATE cloud_budget
               SET share = greatest($3::float8, budget_share(share, throttled_at) / 2), throttled_at = clock_timestamp()
             WHERE account = $1 AND product = $2
               AND (throttled_at IS NULL OR throttled_at NOT BETWEEN clock_timestamp() - $4::float8 * interval '1 second'
                                                                 AND clock_timestamp())
            RETURNING share, rate * share AS rate
            """;
}
