package io.gyre.api.keys;

import io.gyre.api.instances.InstanceRules;
import io.gyre.api.wire.KmsFaults;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.KeyChain;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.KmsKeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Uses keys that callers name. Key, version and instance come from one statement, and so from one moment: a use that
 * begins after a key was disabled finds it so.
 */
@ApplicationScoped
class KeyUse {
    private static final String FROM_KEY = """
            select k, v, i
            from KmsKey k
            join KmsInstance i on i.instanceId = k.instanceId
            """;

    private static final String TO_ENCRYPT = FROM_KEY + """
            join KmsKeyVersion v on v.keyId = k.keyId and v.keyVersionId = k.primaryVersion
            where k.accountId = :account and k.keyId = :key
            """;

    /** A key comes also without that version: that it is there decides what the caller is told. */
    private static final String TO_DECRYPT = FROM_KEY + """
            left join KmsKeyVersion v on v.keyId = k.keyId and v.keyVersionId = :version
            where k.accountId = :account and k.keyId = :key
            """;

    private final KeyStore keys;
    private final Envelope envelope;

    KeyUse(KeyStore keys, Envelope envelope) {
        this.keys = keys;
        this.envelope = envelope;
    }

    /** What a ciphertext held, and the version that it was encrypted with. */
    @SuppressWarnings("ArrayRecordComponent") // Carried from the cipher to the answer, never compared.
    record Opened(String keyId, String versionId, byte[] plaintext) {
        @Override
        public String toString() {
            return "Opened[key " + keyId + ", version " + versionId + "]";
        }
    }

    /**
     * @param parameter what names the key
     * @return fails with an {@link RpcFault}: Forbidden.KeyNotFound, Forbidden.AliasNotFound, or Rejected and the state
     *     of a key that cannot be used, or UnsupportedOperation for an asymmetric one
     */
    Uni<CiphertextBlob> encrypt(
            Mutiny.StatelessSession session,
            String account,
            String parameter,
            String keyName,
            byte[] plaintext,
            EncryptionContext context) {
        return keys.id(session, account, parameter, keyName)
                .chain(id -> session.createSelectionQuery(TO_ENCRYPT, Object[].class)
                        .setParameter("account", account)
                        .setParameter("key", id)
                        .getSingleResultOrNull())
                .map(row -> {
                    KmsKey key = symmetric(row);
                    KmsKeyVersion version = (KmsKeyVersion) row[1];
                    String about = CiphertextBlob.about(key.keyId(), version.keyVersionId(), context);
                    byte[] sealed = envelope.encrypt(chain(version, (KmsInstance) row[2]), plaintext, about);
                    return new CiphertextBlob(key.keyId(), version.keyVersionId(), sealed);
                });
    }

    /**
     * @return fails with an {@link RpcFault}: Forbidden.KeyNotFound for another account's key too, Rejected and the state
     *     of a key that cannot be used, or InvalidCiphertext for whatever else keeps it from opening
     */
    Uni<Opened> decrypt(
            Mutiny.StatelessSession session, String account, CiphertextBlob blob, EncryptionContext context) {
        return session.createSelectionQuery(TO_DECRYPT, Object[].class)
                .setParameter("account", account)
                .setParameter("key", blob.keyId())
                .setParameter("version", blob.versionId())
                .getSingleResultOrNull()
                .map(row -> {
                    KmsKey key = symmetric(row);
                    if (!(row[1] instanceof KmsKeyVersion version)) {
                        throw KmsFaults.invalidCiphertext();
                    }
                    String about = CiphertextBlob.about(key.keyId(), version.keyVersionId(), context);
                    byte[] plaintext = envelope.decrypt(chain(version, (KmsInstance) row[2]), blob.sealed(), about)
                            .orElseThrow(KmsFaults::invalidCiphertext);
                    return new Opened(key.keyId(), version.keyVersionId(), plaintext);
                });
    }

    /**
     * The key pair of an asymmetric key.
     *
     * @param version none for the one that the key uses
     * @return fails with an {@link RpcFault} as {@link #encrypt}, or UnsupportedOperation for a symmetric key
     */
    Uni<OpenedPair> pair(Mutiny.StatelessSession session, String account, String keyName, @Nullable String version) {
        return keys.id(session, account, "KeyId", keyName)
                .chain(id -> {
                    Mutiny.SelectionQuery<Object[]> query = session.createSelectionQuery(
                                    version == null ? TO_ENCRYPT : TO_DECRYPT, Object[].class)
                            .setParameter("account", account)
                            .setParameter("key", id);
                    return (version == null ? query : query.setParameter("version", version)).getSingleResultOrNull();
                })
                .map(row -> {
                    KmsKey key = usable(row);
                    KeyPairSpec spec = KeyPairSpec.named(key.keySpec()).orElseThrow(KmsFaults::unsupported);
                    if (!(row[1] instanceof KmsKeyVersion found)) {
                        throw KmsFaults.keyVersionNotFound();
                    }
                    KmsInstance instance = (KmsInstance) row[2];
                    byte[] material = envelope.openKeyMaterial(
                            instance.instanceId(), instance.wrappedKey(), key.keyId(), found.wrappedMaterial());
                    return new OpenedPair(key.keyId(), found.keyVersionId(), spec, key.keyUsage(), material);
                });
    }

    private static KmsKey symmetric(Object @Nullable [] row) {
        KmsKey key = usable(row);
        KeyRules.refuseAsymmetric(key);
        return key;
    }

    private static KmsKey usable(Object @Nullable [] row) {
        if (row == null) {
            throw KmsFaults.keyNotFound();
        }
        KmsKey key = (KmsKey) row[0];
        InstanceRules.refuseUnusable((KmsInstance) row[2]);
        KeyRules.refuseUnusable(key);
        return key;
    }

    private static KeyChain chain(KmsKeyVersion version, KmsInstance instance) {
        return new KeyChain(instance.instanceId(), instance.wrappedKey(), version.keyId(), version.wrappedMaterial());
    }
}
