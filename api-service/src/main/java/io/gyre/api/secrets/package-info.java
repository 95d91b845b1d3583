/**
 * Secrets, their versions and stage labels, and the start of a rotation: one file for each action of the API.
 *
 * <p>In: requests that were permitted, or a secret that is due. Out: answers, and a committed rotation that workers hear
 * of. Never here: what a rotation does at its target; and a change to a secret whose row the transaction has not locked
 * first. The order of locks is: the secret's row, its rotation, its versions and stages, the outbox.
 */
@NullMarked
package io.gyre.api.secrets;

import org.jspecify.annotations.NullMarked;
