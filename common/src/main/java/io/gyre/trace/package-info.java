/**
 * What follows a rotation from the call that began it to its last step: spans by OpenTelemetry, and the fields of log lines.
 *
 * <p>In: what is about to be done, and the W3C trace context of what caused it. Out: spans, and a text by which others go on.
 * Never here: a decision, a value, a parameter of a call, or a request line.
 */
@NullMarked
package io.gyre.trace;

import org.jspecify.annotations.NullMarked;
