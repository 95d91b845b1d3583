package io.gyre.worker.engine;

import io.vertx.pgclient.PgConnectOptions;

/** How the engine talks with PostgreSQL: its few statements are long, and run thousands of times a second. */
public final class EngineSession {
    private EngineSession() {}

    /**
     * The same server and role, for sessions of the engine.
     *
     * <p>Each statement is parsed and planned once in a session. Without a word of ours the client prepares a statement of
     * more than 2,048 characters again each time, and {@link RotationSql#MOVE} has twice as many.
     *
     * <p>The plans do not depend on what PostgreSQL believes about the tables' sizes, which lags behind when 10,000
     * rotations come due. Every statement goes from some keys, or from the oldest entries of an index, to single rows: a
     * plan that reads a whole table, or gathers and sorts all that is due to take the oldest hundred, is never right.
     */
    public static PgConnectOptions of(PgConnectOptions options) {
        return new PgConnectOptions(options)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .addProperty("plan_cache_mode", "force_generic_plan")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_bitmapscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off")
                .addProperty("jit", "off");
    }
}
