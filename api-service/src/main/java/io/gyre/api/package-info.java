/**
 * The API process: its start, its end, and what all of its rooms are given.
 *
 * <p>In: configuration. Out: a process that serves the KMS API, or one clear sentence and a non-zero exit. Never here:
 * anything that a request does.
 */
@NullMarked
package io.gyre.api;

import org.jspecify.annotations.NullMarked;
