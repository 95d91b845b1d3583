/**
 * Kafka as an operator looks at it, by its plain clients.
 *
 * <p>In: where it is. Out: what {@code io.gyre.topics} sees there. Never here: a consumer group, or
 * anything else that is written there: looking changes nothing.
 */
@NullMarked
package io.gyre.cli.kafka;

import org.jspecify.annotations.NullMarked;
