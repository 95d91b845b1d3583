package io.gyre.worker.candidate;

import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Recipe;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * Key pairs for SSH: the public key as a line of authorized_keys, the private one in PEM without a passphrase.
 *
 * <p>An RSA key is written as PKCS#8, which OpenSSH, the JDK and MINA read. An Ed25519 key is written in OpenSSH's own
 * form: OpenSSH reads PKCS#8 of Ed25519 only since 9.6, and its own form since 6.5.
 */
final class EcsKeyPair {
    private static final int RSA_BITS = 2048;

    /** The curve's field; its points and seeds take 32 bytes. */
    private static final int ED25519_BITS = 255;

    private static final int ED25519_BYTES = 32;

    private EcsKeyPair() {}

    static Minted make(Recipe.EcsKeyPair recipe, SecureRandom random) {
        String comment = recipe.user() + "@gyre";
        try {
            return recipe.ed25519() ? ed25519(recipe.user(), comment, random) : rsa(recipe.user(), comment, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot make SSH keys: it lacks RSA or Ed25519", e);
        }
    }

    private static Minted rsa(String user, String comment, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] blob = new SshBytes()
                .text("ssh-rsa")
                .number(key.getPublicExponent())
                .number(key.getModulus())
                .toBytes();
        return minted(
                user,
                line("ssh-rsa", blob, comment),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static Minted ed25519(String user, String comment, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(ED25519_BITS, random);
        KeyPair pair = generator.generateKeyPair();
        // RFC 8410: the encoded public key ends with the 32 bytes that SSH wants.
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        byte[] seed = ((EdECPrivateKey) pair.getPrivate())
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the private key does not show its bytes"));
        byte[] blob = new SshBytes().text("ssh-ed25519").bytes(point).toBytes();
        return minted(
                user,
                line("ssh-ed25519", blob, comment),
                pem("OPENSSH PRIVATE KEY", openSsh(blob, point, seed, comment, random.nextInt())));
    }

    /** OpenSSH's PROTOCOL.key, with one key and no passphrase. */
    private static byte[] openSsh(byte[] blob, byte[] point, byte[] seed, String comment, int check) {
        SshBytes key = new SshBytes()
                .word(check)
                .word(check)
                .text("ssh-ed25519")
                .bytes(point)
                .bytes(concatenated(seed, point))
                .text(comment)
                .padded(8);
        return new SshBytes()
                .magic("openssh-key-v1")
                .text("none")
                .text("none")
                .text("")
                .word(1)
                .bytes(blob)
                .bytes(key.toBytes())
                .toBytes();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String line(String algorithm, byte[] blob, String comment) {
        return algorithm + " " + Base64.getEncoder().encodeToString(blob) + " " + comment;
    }

    private static String pem(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static Minted minted(String user, String publicKey, String privateKey) {
        return new Minted(
                user,
                StoredForm.of("UserName", user).with("PublicKey", publicKey).and("PrivateKey", privateKey));
    }
}
