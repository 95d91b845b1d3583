/**
 * How a process says that it does not start: in one sentence that tells what to do.
 *
 * <p>In: whatever went wrong. Out: the sentence. Never here: what a process needs to start, which it knows itself.
 */
@NullMarked
package io.gyre.start;

import org.jspecify.annotations.NullMarked;
