/**
 * Backups of KMS instances: everything that an instance holds, sealed under a passphrase, and restored into a new instance.
 *
 * <p>In: an instance's rows, or a file. Out: a file, or the rows of a new instance, whole or not at all. Never here: a value
 * of a secret in the clear; the material of keys leaves the envelope for the file alone.
 */
@NullMarked
package io.gyre.api.backup;

import org.jspecify.annotations.NullMarked;
