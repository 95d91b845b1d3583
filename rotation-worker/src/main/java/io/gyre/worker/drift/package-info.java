/**
 * Looks now and then at whether what is ACSCurrent still authenticates at its target: a person may have changed it there.
 *
 * <p>In: secrets that are due, or that somebody asks about. Out: a finding, written beside the secret and told by an event in one
 * transaction. Never here: a change of a target, of a secret, or of a rotation; a look at a secret while it is being rotated.
 */
@NullMarked
package io.gyre.worker.drift;

import org.jspecify.annotations.NullMarked;
