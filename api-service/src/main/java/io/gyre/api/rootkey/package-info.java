/**
 * The root keys of an installation: which one is current, which process was given which, and the rotation from one to another.
 *
 * <p>In: what this process was given, and an operator's order. Out: the key under which something is sealed, and how much is
 * left under a former one. Never here: a root key's bytes, which {@link io.gyre.envelope} holds.
 */
@NullMarked
package io.gyre.api.rootkey;

import org.jspecify.annotations.NullMarked;
