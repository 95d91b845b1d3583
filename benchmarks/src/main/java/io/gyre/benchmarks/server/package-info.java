/**
 * The PostgreSQL server that everything is measured on, and its databases.
 *
 * <p>In: a folder and a port. Out: empty databases, each for one contender in one round. Never here: a server that
 * acknowledges what a crash would lose; it is asked before anything is timed.
 */
@NullMarked
package io.gyre.benchmarks.server;

import org.jspecify.annotations.NullMarked;
