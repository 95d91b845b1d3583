/**
 * RDS 2014-08-15: database instances, and accounts that are real PostgreSQL roles with SCRAM passwords.
 *
 * <p>In: signed requests; PostgreSQL connections to an instance's own port. Out: the answers of the real product, where
 * a change takes its time, and a login that PostgreSQL itself accepts or refuses. Never here: a password; it is turned
 * into its verifier at once.
 */
@NullMarked
package io.gyre.simulator.rds;

import org.jspecify.annotations.NullMarked;
