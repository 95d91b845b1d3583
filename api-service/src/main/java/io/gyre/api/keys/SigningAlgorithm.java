package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/** The parameter Algorithm of AsymmetricSign and AsymmetricVerify: what is made of a digest of SHA-256. */
enum SigningAlgorithm {
    RSA_PSS_SHA_256("NONEWITHRSASSA-PSS"),
    RSA_PKCS1_SHA_256("NONEWITHRSA"),

    /** A signature is the DER of r and s. */
    ECDSA_SHA_256("NONEWITHECDSA");

    private static final int DIGEST = 32;

    private final String signature;

    SigningAlgorithm(String signature) {
        this.signature = signature;
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static SigningAlgorithm of(RpcRequest request) {
        String given = request.required("Algorithm");
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(given))
                .findFirst()
                .orElseThrow(() -> KmsFaults.invalid(
                        "Algorithm", "it must be RSA_PSS_SHA_256, RSA_PKCS1_SHA_256 or ECDSA_SHA_256."));
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static byte[] digest(RpcRequest request) {
        byte[] digest = KeyPairUse.bytes(request, "Digest");
        if (digest.length != DIGEST) {
            throw KmsFaults.invalid("Digest", "it must have the " + DIGEST + " bytes of SHA-256, in Base64.");
        }
        return digest;
    }

    /** @throws RpcFault UnsupportedOperation or InvalidParameter where the key is not for this */
    byte[] sign(OpenedPair pair, byte[] digest) throws GeneralSecurityException {
        Signature signing = signature(pair);
        signing.initSign(pair.privateKey());
        signing.update(input(digest));
        return signing.sign();
    }

    /**
     * Whether the key made this signature; one that is none was made by no key.
     *
     * @throws RpcFault UnsupportedOperation or InvalidParameter where the key is not for this
     */
    boolean verifies(OpenedPair pair, byte[] digest, byte[] signed) throws GeneralSecurityException {
        Signature verifying = signature(pair);
        verifying.initVerify(pair.publicKey());
        verifying.update(input(digest));
        try {
            return verifying.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private Signature signature(OpenedPair pair) throws GeneralSecurityException {
        OpenedPair key = pair.expectedFor(KmsKey.SIGN_VERIFY);
        if (key.spec().isRsa() == (this == ECDSA_SHA_256)) {
            throw KmsFaults.invalid("Algorithm", "a key " + key.spec() + " has no " + name() + ".");
        }
        Signature made = Signature.getInstance(signature, KeyPairSpec.PROVIDER);
        if (this == RSA_PSS_SHA_256) {
            made.setParameter(new PSSParameterSpec(
                    "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, DIGEST, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return made;
    }

    /** PKCS #1 v1.5 signs the name of the hash too. */
    private byte[] input(byte[] digest) {
        if (this != RSA_PKCS1_SHA_256) {
            return digest;
        }
        try {
            return new DigestInfo(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE), digest)
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
