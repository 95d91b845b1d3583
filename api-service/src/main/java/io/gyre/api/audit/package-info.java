/**
 * The audit log: each call that was allowed, denied or refused, and each step of a rotation, as a line of a hash chain whose
 * heads are signed and told to Kafka.
 *
 * <p>In: calls from the endpoints, timeline entries from the outbox. Out: rows that are only ever added; a call that cannot
 * be told of fails. Never here: a value of a secret, or a parameter that is not on the list of those that may be told.
 */
@NullMarked
package io.gyre.api.audit;

import org.jspecify.annotations.NullMarked;
