/**
 * How often the clouds may be called: one budget for each cloud account and product, shared by all workers.
 *
 * <p>In: wishes to call, and the clouds' word that they are called too often. Out: turns, which never come more often than the
 * budget allows, whichever worker asks. The arithmetic is Bucket4j's, the state a row in PostgreSQL, and the time
 * PostgreSQL's. Never here: what is called and why, and a thread that waits.
 */
@NullMarked
package io.gyre.worker.budget;

import org.jspecify.annotations.NullMarked;
