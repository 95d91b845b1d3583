/**
 * The operations API as the command uses it, and how rotations look on a terminal.
 *
 * <p>In: an endpoint, an AccessKey, what a person asks for. Out: lines of text, or the API's own JSON. Never here: what a
 * rotation does next, which the API tells, and a credential's value, which it does not.
 */
@NullMarked
package io.gyre.cli.operations;

import org.jspecify.annotations.NullMarked;
