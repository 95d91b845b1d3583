package io.gyre.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {
    private static final String ARN = "acs:kms:cn-hangzhou:1:secret/a";
    private static final SecretText VALUE = SecretText.of("p\u00e4ssword");

    private final RootKey root = RootKey.ofBase64(Base64.getEncoder().encodeToString(SealingKey.random()));
    private final Envelope envelope = new Envelope(RootKeys.of(root));
    private final KeyChain chain = chain("kst-1", "key-1");

    private KeyChain chain(String instanceId, String keyId) {
        byte[] instanceKey = envelope.newInstanceKey(root.id(), instanceId);
        return new KeyChain(instanceId, instanceKey, keyId, envelope.newKeyMaterial(instanceId, instanceKey, keyId));
    }

    @Test
    void aSessionOpensUnderItsOwnRootKeyAlone() {
        byte[] content = "a session".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = envelope.sealSession(content);
        assertArrayEquals(content, envelope.openSession(sealed).orElseThrow());
        Envelope other =
                new Envelope(RootKeys.of(RootKey.ofBase64(Base64.getEncoder().encodeToString(SealingKey.random()))));
        assertTrue(other.openSession(sealed).isEmpty());
        sealed[20] ^= 1;
        assertTrue(envelope.openSession(sealed).isEmpty());
    }

    @Test
    void aSessionsKeyIsNotTheRootKeyItself() {
        byte[] sealed = envelope.sealAccessKey(root.id(), "a", VALUE);
        assertTrue(envelope.openSession(sealed).isEmpty());
        assertThrows(EnvelopeException.class, () -> root.key()
                .open(envelope.sealSession(new byte[1]), "the session of a role"));
    }

    @Test
    void whatIsKeptBrieflyOpensForItsOwnWordsAloneAndIsNoSession() {
        byte[] sealed = envelope.sealBriefly(VALUE, "a draft");
        assertEquals(Optional.of(VALUE), envelope.openBriefly(sealed, "a draft"));
        assertTrue(envelope.openBriefly(sealed, "another draft").isEmpty());
        assertTrue(envelope.openSession(sealed).isEmpty());
        assertTrue(envelope.openBriefly(envelope.sealSession(VALUE.revealBytes()), "a draft")
                .isEmpty());
    }

    @Test
    void anOfferedCredentialOpensUnderItsNameInItsOfferAlone() {
        UUID offer = UUID.randomUUID();
        byte[] sealed = envelope.sealOffered(offer, "app_a", VALUE);
        assertEquals(Optional.of(VALUE), envelope.openOffered(offer, "app_a", sealed));
        assertTrue(envelope.openOffered(offer, "app_b", sealed).isEmpty());
        assertTrue(envelope.openOffered(UUID.randomUUID(), "app_a", sealed).isEmpty());
    }

    @Test
    void whatWasSealedOpensAgain() {
        SealedVersion sealed = envelope.seal(chain, ARN, "v1", VALUE);
        assertEquals(VALUE, envelope.open(chain, ARN, "v1", sealed));
    }

    @Test
    void aCiphertextMovedToAnotherSecretOrVersionDoesNotOpen() {
        SealedVersion sealed = envelope.seal(chain, ARN, "v1", VALUE);
        assertThrows(EnvelopeException.class, () -> envelope.open(chain, ARN + "b", "v1", sealed));
        assertThrows(EnvelopeException.class, () -> envelope.open(chain, ARN, "v2", sealed));
    }

    @Test
    void anotherKeyOfTheSameInstanceDoesNotOpenIt() {
        SealedVersion sealed = envelope.seal(chain, ARN, "v1", VALUE);
        KeyChain other = new KeyChain(
                chain.instanceId(),
                chain.wrappedInstanceKey(),
                "key-2",
                envelope.newKeyMaterial(chain.instanceId(), chain.wrappedInstanceKey(), "key-2"));
        assertThrows(EnvelopeException.class, () -> envelope.open(other, ARN, "v1", sealed));
    }

    @Test
    void aKeyThatWasOpenedBeforeOpensOnlyInItsOwnPlace() {
        SealedVersion sealed = envelope.seal(chain, ARN, "v1", VALUE);
        assertEquals(VALUE, envelope.open(chain, ARN, "v1", sealed));
        KeyChain moved = new KeyChain(chain.instanceId(), chain.wrappedInstanceKey(), "key-2", chain.wrappedMaterial());
        assertThrows(EnvelopeException.class, () -> envelope.open(moved, ARN, "v1", sealed));
        KeyChain elsewhere = new KeyChain("kst-2", chain.wrappedInstanceKey(), chain.keyId(), chain.wrappedMaterial());
        assertThrows(EnvelopeException.class, () -> envelope.open(elsewhere, ARN, "v1", sealed));
        chain.wrappedMaterial()[chain.wrappedMaterial().length - 1] ^= 1;
        assertThrows(EnvelopeException.class, () -> envelope.open(chain, ARN, "v1", sealed));
    }

    @Test
    void aFlippedBitIsFound() {
        SealedVersion sealed = envelope.seal(chain, ARN, "v1", VALUE);
        sealed.ciphertext()[sealed.ciphertext().length - 1] ^= 1;
        assertThrows(EnvelopeException.class, () -> envelope.open(chain, ARN, "v1", sealed));
    }

    @Test
    void theSameValueNeverGivesTheSameCiphertext() {
        assertNotEquals(
                Base64.getEncoder()
                        .encodeToString(envelope.seal(chain, ARN, "v1", VALUE).ciphertext()),
                Base64.getEncoder()
                        .encodeToString(envelope.seal(chain, ARN, "v1", VALUE).ciphertext()));
    }

    @Test
    void anAccessKeysSecretOpensForItsOwnIdOnly() {
        byte[] wrapped = envelope.sealAccessKey(root.id(), "LTAI1", VALUE);
        assertArrayEquals(
                VALUE.revealBytes(), envelope.openAccessKey("LTAI1", wrapped).revealBytes());
        assertThrows(EnvelopeException.class, () -> envelope.openAccessKey("LTAI2", wrapped));
    }

    @Test
    void noKeyAndNoValueIsPrinted() {
        assertEquals("***", root.toString());
        assertEquals("***", VALUE.toString());
        EnvelopeException refused = assertThrows(
                EnvelopeException.class, () -> envelope.open(chain, ARN, "v2", envelope.seal(chain, ARN, "v1", VALUE)));
        assertFalse(String.valueOf(refused.getMessage()).contains(VALUE.reveal()));
    }

    @Test
    void aRootKeyThatOthersMayReadIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("root.key");
        Files.write(file, Base64.getEncoder().encode(SealingKey.random()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        EnvelopeException refused = assertThrows(EnvelopeException.class, () -> RootKey.inFile(file));
        assertTrue(String.valueOf(refused.getMessage()).contains("chmod 600"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals("***", RootKey.inFile(file).toString());
    }

    @Test
    void aRootKeyOfTheWrongLengthIsRefusedWithTheRemedy() {
        String short16 = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        EnvelopeException refused = assertThrows(EnvelopeException.class, () -> RootKey.ofBase64(short16));
        assertTrue(String.valueOf(refused.getMessage()).contains("16 bytes instead of 32"));
        assertThrows(EnvelopeException.class, () -> RootKey.ofBase64("no base64!"));
    }
}
