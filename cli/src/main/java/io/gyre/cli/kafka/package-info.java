/**
 * Kafka as an operator looks at it, by its plain clients.
 *
 * <p>In: where it is. Out: topics with who reads them and how far, and records as text. Never here: a consumer group, or
 * anything else that is written there: looking changes nothing.
 */
@NullMarked
package io.gyre.cli.kafka;

import org.jspecify.annotations.NullMarked;
