/**
 * What this process asks and orders of the rotation workers, and how long it waits for their word.
 *
 * <p>In: a question that only a look at a target answers, or an order. Out: a worker's answer, or none within the time; rows
 * that a worker finds. Never here: a call to a cloud, and a wait that holds a thread or a connection.
 */
@NullMarked
package io.gyre.api.workers;

import org.jspecify.annotations.NullMarked;
