/**
 * Keys: the actions on them, their aliases and versions, what they encrypt for callers, and the way from a key's name to
 * what a secret is encrypted with.
 *
 * <p>In: a key as callers name it, or none; plaintexts and ciphertexts. Out: answers, and for secrets a
 * {@link io.gyre.envelope.KeyChain}. Never here: unwrapped key material, which leaves {@link io.gyre.envelope} at no time.
 */
@NullMarked
package io.gyre.api.keys;

import org.jspecify.annotations.NullMarked;
