package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * An asymmetric key that can be used, with the material of one version: the length of the private key in four bytes, the private
 * key (PKCS#8) and the public one (SubjectPublicKeyInfo).
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the envelope to the cipher, never compared.
record OpenedPair(String keyId, String versionId, KeyPairSpec spec, String usage, byte[] material) {
    static byte[] material(KeyPair pair) {
        byte[] privateKey = pair.getPrivate().getEncoded();
        byte[] publicKey = pair.getPublic().getEncoded();
        return ByteBuffer.allocate(Integer.BYTES + privateKey.length + publicKey.length)
                .putInt(privateKey.length)
                .put(privateKey)
                .put(publicKey)
                .array();
    }

    /** @throws RpcFault UnsupportedOperation for a key that is for something else */
    OpenedPair expectedFor(String expected) {
        if (!usage.equals(expected)) {
            throw KmsFaults.unsupported();
        }
        return this;
    }

    PrivateKey privateKey() throws GeneralSecurityException {
        ByteBuffer buffer = ByteBuffer.wrap(material);
        byte[] encoded = new byte[buffer.getInt()];
        buffer.get(encoded);
        return spec.factory().generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    PublicKey publicKey() throws GeneralSecurityException {
        return spec.factory().generatePublic(new X509EncodedKeySpec(encodedPublicKey()));
    }

    /** As SubjectPublicKeyInfo. */
    byte[] encodedPublicKey() {
        ByteBuffer buffer = ByteBuffer.wrap(material);
        int length = buffer.getInt();
        byte[] encoded = new byte[buffer.remaining() - length];
        buffer.position(Integer.BYTES + length).get(encoded);
        return encoded;
    }

    @Override
    public String toString() {
        return "OpenedPair[key " + keyId + ", version " + versionId + "]";
    }
}
