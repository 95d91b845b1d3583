package io.gyre.envelope;

/**
 * A secret version as the database keeps it.
 *
 * @param wrappedDataKey the version's own data key, wrapped by the key that the secret names
 * @param ciphertext the value, encrypted under the data key
 */
@SuppressWarnings("ArrayRecordComponent") // Carried between a row and the cipher, never compared.
public record SealedVersion(byte[] wrappedDataKey, byte[] ciphertext) {}
