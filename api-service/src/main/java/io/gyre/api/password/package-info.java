/**
 * Passwords and passphrases that people choose: which are taken, and how a key or a hash follows from them.
 *
 * <p>In: what was typed. Out: a key, a hash, or whether it fits one. Never here: whose it is, and where it is kept.
 */
@NullMarked
package io.gyre.api.password;

import org.jspecify.annotations.NullMarked;
