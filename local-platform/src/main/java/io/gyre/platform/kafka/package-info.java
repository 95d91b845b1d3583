/**
 * A real Kafka broker of one node (KRaft) in a JVM of its own.
 * In: a folder, two ports, the topics to declare. Out: a broker whose topics exist before anyone is told that it is ready.
 * Kept over restarts.
 * Never here: what the records mean, or a listener that is not on the loopback address.
 */
@NullMarked
package io.gyre.platform.kafka;

import org.jspecify.annotations.NullMarked;
