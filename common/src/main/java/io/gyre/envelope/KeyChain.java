package io.gyre.envelope;

/**
 * The way from the root key down to one key, as the database keeps it: each link wrapped by the one above.
 *
 * @param instanceId the KMS instance
 * @param wrappedInstanceKey its key, wrapped by the root key
 * @param keyId the key that secrets name
 * @param wrappedMaterial its material, wrapped by the instance's key
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from a row to the cipher, never compared.
public record KeyChain(String instanceId, byte[] wrappedInstanceKey, String keyId, byte[] wrappedMaterial) {}
