package io.gyre.api.keys;

import io.gyre.api.instances.InstanceRules;
import io.gyre.envelope.KeyChain;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import java.util.List;
import java.util.Objects;

/** A key that encrypts secrets, with the instance that it lies in. */
public record SecretKey(KmsKey key, KmsInstance instance) {
    /** Those that such a key can be of, as ListKeys tells them apart. */
    public static final List<String> SPECS = CreateKey.KEY_SPECS.stream()
            .filter(spec -> KeyPairSpec.named(spec).isEmpty())
            .toList();

    /**
     * The key where it can be used.
     *
     * @throws RpcFault Rejected.Unavailable where the instance has expired, Forbidden.KeyNotFound where the key's material
     *     is destroyed, else Rejected and its state, or UnsupportedOperation for an asymmetric key
     */
    public static SecretKey usable(KmsKey key, KmsInstance instance) {
        InstanceRules.refuseUnusable(instance);
        KeyRules.refuseUnusable(key);
        KeyRules.refuseAsymmetric(key);
        return new SecretKey(key, instance);
    }

    public KeyChain chain() {
        return new KeyChain(
                instance.instanceId(),
                instance.wrappedKey(),
                key.keyId(),
                Objects.requireNonNull(key.wrappedMaterial(), "the material of a key that can be used"));
    }
}
