package io.gyre.api.keys;

import io.gyre.envelope.KeyChain;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;

/** A key that encrypts secrets, with the instance that it lies in. */
public record SecretKey(KmsKey key, KmsInstance instance) {
    public KeyChain chain() {
        return new KeyChain(instance.instanceId(), instance.wrappedKey(), key.keyId(), key.wrappedMaterial());
    }
}
