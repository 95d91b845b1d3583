package io.gyre.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootKeysTest {
    private static final SecretText SECRET = SecretText.of("an AccessKey's secret half");
    private static final byte[] SESSION = "a session".getBytes(StandardCharsets.US_ASCII);

    private final RootKey former = key();
    private final RootKey next = key();
    private final Envelope before = of(former);
    private final Envelope both = of(former, next);

    private static RootKey key() {
        return RootKey.ofBase64(Base64.getEncoder().encodeToString(SealingKey.random()));
    }

    /** In an installation without anything from before root keys had names; the first one is current. */
    private static Envelope of(RootKey current, RootKey... others) {
        RootKeys keys = RootKeys.of(current, others);
        keys.told(new RootKeyNames(current.id(), Optional.empty()));
        return new Envelope(keys);
    }

    @Test
    void anIdIsTheSameForTheSameKeyAndGivesNothingOfItAway() {
        byte[] bytes = SealingKey.random();
        String base64 = Base64.getEncoder().encodeToString(bytes);
        RootKeyId id = RootKey.ofBase64(base64).id();
        assertEquals(id, RootKey.ofBase64(base64 + "\n").id());
        assertNotEquals(former.id(), next.id());
        assertNotEquals(RootKeyId.of(Arrays.copyOf(bytes, RootKeyId.BYTES)), id);
        assertTrue(RootKeyId.isOne(id.hex()));
        assertFalse(RootKeyId.isOne(id.hex() + "0"));
    }

    @Test
    void whatIsSealedSaysUnderWhichKeyAndOpensWhereverThatIsKnown() {
        byte[] sealed = both.sealAccessKey(next.id(), "LTAI1", SECRET);
        assertEquals(Optional.of(next.id()), both.roots().sealedUnder(sealed));
        assertEquals(SECRET, both.openAccessKey("LTAI1", sealed));
        assertEquals(SECRET, of(next).openAccessKey("LTAI1", sealed));
        EnvelopeException refused = assertThrows(EnvelopeException.class, () -> before.openAccessKey("LTAI1", sealed));
        assertTrue(
                refused.getMessage()
                        .contains("it takes root key " + next.id() + ", and this process was given [" + former.id()
                                + "] alone"),
                refused.getMessage());
    }

    @Test
    void aNameThatWasPutInFrontByAnotherDoesNotOpen() {
        byte[] sealed = both.sealAccessKey(former.id(), "LTAI1", SECRET);
        byte[] renamed = both.sealAccessKey(next.id(), "LTAI1", SECRET);
        System.arraycopy(renamed, 0, sealed, 0, 16);
        assertThrows(EnvelopeException.class, () -> both.openAccessKey("LTAI1", sealed));
    }

    @Test
    void whatIsSealedAnewOpensWithTheNewKeyAloneAndNotWithTheFormerAlone() {
        byte[] instance = before.newInstanceKey(former.id(), "kst-1");
        byte[] material = before.newKeyMaterial("kst-1", instance, "key-1");
        byte[] accessKey = before.sealAccessKey(former.id(), "LTAI1", SECRET);
        byte[] auditKey = before.sealAuditKey(former.id(), "audit-1", SESSION);

        byte[] instanceAnew = both.rewrapInstanceKey(next.id(), "kst-1", instance);
        byte[] accessKeyAnew = both.resealAccessKey(next.id(), "LTAI1", accessKey);
        byte[] auditKeyAnew = both.resealAuditKey(next.id(), "audit-1", auditKey);

        Envelope after = of(next);
        assertArrayEquals(
                before.openKeyMaterial("kst-1", instance, "key-1", material),
                after.openKeyMaterial("kst-1", instanceAnew, "key-1", material));
        assertEquals(SECRET, after.openAccessKey("LTAI1", accessKeyAnew));
        assertArrayEquals(SESSION, after.openAuditKey("audit-1", auditKeyAnew));
        assertThrows(EnvelopeException.class, () -> before.openKeyMaterial("kst-1", instanceAnew, "key-1", material));
        assertThrows(EnvelopeException.class, () -> before.openAccessKey("LTAI1", accessKeyAnew));
        assertThrows(EnvelopeException.class, () -> before.openAuditKey("audit-1", auditKeyAnew));
        assertThrows(EnvelopeException.class, () -> after.openAccessKey("LTAI1", accessKey));
    }

    @Test
    void whatIsSealedAnewStaysBoundToWhatItIs() {
        byte[] accessKey = before.sealAccessKey(former.id(), "LTAI1", SECRET);
        assertThrows(EnvelopeException.class, () -> both.resealAccessKey(next.id(), "LTAI2", accessKey));
        byte[] anew = both.resealAccessKey(next.id(), "LTAI1", accessKey);
        assertThrows(EnvelopeException.class, () -> both.openAccessKey("LTAI2", anew));
    }

    @Test
    void sessionsAreSealedBelowTheCurrentKeyAndThoseOfTheFormerOneLiveOn() {
        byte[] old = both.sealSession(SESSION);
        both.roots().told(new RootKeyNames(next.id(), Optional.empty()));
        assertArrayEquals(SESSION, both.openSession(old).orElseThrow());
        byte[] anew = both.sealSession(SESSION);
        assertEquals(Optional.of(next.id()), both.roots().sealedUnder(anew));
        assertArrayEquals(SESSION, of(next).openSession(anew).orElseThrow());
        assertTrue(of(next).openSession(old).isEmpty());
        assertTrue(before.openSession(anew).isEmpty());
    }

    /** Processes of before and of now work beside each other until the root key is rotated. */
    @Test
    void whatIsUnderTheKeyFromBeforeNamesCarriesNoneAndOpensWithItAlone() {
        byte[] unnamed = unnamed(former, "the secret of AccessKey LTAI1", SECRET);
        Envelope upgraded = of(former, next);
        assertEquals(
                Optional.of(former.id()), upgraded.openerOfAccessKey("LTAI1", unnamed), "the start finds out whose");
        assertEquals(Optional.empty(), of(next).openerOfAccessKey("LTAI1", unnamed));
        assertEquals(Optional.empty(), upgraded.openerOfAccessKey("LTAI2", unnamed));

        upgraded.roots().told(new RootKeyNames(former.id(), Optional.of(former.id())));
        assertEquals(SECRET, upgraded.openAccessKey("LTAI1", unnamed));
        byte[] now = upgraded.sealAccessKey(former.id(), "LTAI1", SECRET);
        assertEquals(unnamed.length, now.length, "nothing stands in front");
        assertEquals(Optional.of(former.id()), upgraded.roots().sealedUnder(now));

        byte[] anew = upgraded.resealAccessKey(next.id(), "LTAI1", unnamed);
        assertEquals(SECRET, of(next).openAccessKey("LTAI1", anew));
    }

    @Test
    void whatCarriesNoNameIsRefusedWhereEverythingCarriesOne() {
        byte[] unnamed = unnamed(former, "the secret of AccessKey LTAI1", SECRET);
        assertThrows(EnvelopeException.class, () -> before.openAccessKey("LTAI1", unnamed));
    }

    @Test
    void oneKeyGivenTwiceIsRefusedSinceItRotatesNothing() {
        EnvelopeException refused = assertThrows(EnvelopeException.class, () -> RootKeys.of(former, former));
        assertTrue(refused.getMessage().contains("is given twice"), refused.getMessage());
        assertEquals(List.of(former.id(), next.id()), both.roots().ids());
        assertEquals("***", both.roots().toString());
    }

    /** As processes sealed it before root keys had names. */
    private static byte[] unnamed(RootKey key, String about, SecretText secret) {
        return key.key().seal(secret.revealBytes(), about);
    }
}
