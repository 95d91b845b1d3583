/**
 * Kafka as an operator looks at it, from the command and from the console alike.
 *
 * <p>In: a client of Kafka's, from whoever knows where Kafka is. Out: topics with who reads them and how far, and records as
 * text. Never here: a consumer group, or anything else that is written there: looking changes nothing.
 */
@NullMarked
package io.gyre.topics;

import org.jspecify.annotations.NullMarked;
