/**
 * Envelope encryption: root key, instance key, key, data key per secret version; AES-256-GCM by Tink at each step.
 *
 * <p>In: plaintext and what it belongs to. Out: ciphertext that opens only for the same ARN and version, so one that
 * was moved elsewhere stays shut. Never here: a default root key, and storage.
 */
@NullMarked
package io.gyre.envelope;

import org.jspecify.annotations.NullMarked;
