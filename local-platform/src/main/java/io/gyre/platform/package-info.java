/**
 * Everything that Gyre needs on one machine, started by one command: two PostgreSQL servers, a Kafka broker, the
 * simulated cloud, the API and the workers, each an operating-system process with a bounded heap.
 * In: a data folder, ports, the calendar's speed. Out: a running platform, or one sentence that says what to do.
 * Never here: what a secret or a rotation is, and never a listener that is not on the loopback address.
 */
@NullMarked
package io.gyre.platform;

import org.jspecify.annotations.NullMarked;
