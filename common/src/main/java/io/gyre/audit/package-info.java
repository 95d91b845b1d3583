/**
 * The audit log as it is checked: lines chained by their hashes, and heads of the chains that an Ed25519 key signs.
 *
 * <p>In: lines and heads as they are kept or were exported. Out: the next hash, a signed head, or what is wrong with a log.
 * Never here: a database, a broker, or what a line tells.
 */
@NullMarked
package io.gyre.audit;

import org.jspecify.annotations.NullMarked;
