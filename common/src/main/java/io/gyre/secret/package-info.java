/**
 * What a secret is, in values: its names, its types and the text that must never be printed.
 *
 * <p>In and out: plain values. Never here: I/O, and a {@code toString} that shows a secret.
 */
@NullMarked
package io.gyre.secret;

import org.jspecify.annotations.NullMarked;
