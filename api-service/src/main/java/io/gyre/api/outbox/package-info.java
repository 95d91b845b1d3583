/**
 * The way from a committed fact to Kafka: what a transaction wrote to the outbox, the relay sends and then deletes. Also what
 * operators ask of topics: to look into them, and to have told again what was told.
 *
 * <p>In: events, within the transaction that made them true. Out: CloudEvents whose key is the secret's ARN, each at
 * least once, those of one secret in order. Never here: a decision that waits for Kafka.
 */
@NullMarked
package io.gyre.api.outbox;

import org.jspecify.annotations.NullMarked;
