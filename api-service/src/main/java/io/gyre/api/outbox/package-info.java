/**
 * The way from a committed fact to Kafka: what a transaction wrote to the outbox, the relay sends and then deletes.
 *
 * <p>In: events, within the transaction that made them true. Out: CloudEvents whose key is the secret's ARN, each at
 * least once, those of one secret in order. Never here: a decision that waits for Kafka.
 */
@NullMarked
package io.gyre.api.outbox;

import org.jspecify.annotations.NullMarked;
