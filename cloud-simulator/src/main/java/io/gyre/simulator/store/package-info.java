/**
 * The way to PostgreSQL: transactions whose statements stand where they are used, in SQL.
 *
 * <p>In: SQL and its arguments. Out: rows as values. Never here: what the rows mean, and SQL made of strings.
 */
@NullMarked
package io.gyre.simulator.store;

import org.jspecify.annotations.NullMarked;
