package io.gyre.api.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordHashTest {
    private static final SecretText PASSWORD = SecretText.of("correct horse battery");

    /** Of the reference implementation's own tests. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    @Test
    void aHashIsThatOfArgon2idAsOthersWriteIt() {
        assertTrue(PasswordHash.fits(SecretText.of("password"), REFERENCE));
        assertFalse(PasswordHash.fits(SecretText.of("passwore"), REFERENCE));
    }

    @Test
    void aPasswordFitsItsOwnHashAloneAndNoTwoHashesAreAlike() {
        String hash = PasswordHash.of(PASSWORD);
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertTrue(PasswordHash.fits(PASSWORD, hash));
        assertFalse(PasswordHash.fits(SecretText.of("correct horse batterz"), hash));
        assertFalse(PasswordHash.fits(SecretText.of(""), hash));
        assertNotEquals(hash, PasswordHash.of(PASSWORD));
    }

    @Test
    void whatIsNoHashIsNotTakenForOne() {
        assertThrows(IllegalStateException.class, () -> PasswordHash.fits(PASSWORD, "correct horse battery"));
    }

    @Test
    void nobodysPasswordIsNobodys() {
        assertFalse(PasswordHash.fitsNobodys(PASSWORD));
        assertFalse(PasswordHash.fitsNobodys(SecretText.of("")));
    }

    @ParameterizedTest
    @CsvSource({
        "fourteen chars,       false",
        "fifteen charact,      true",
        "aaaaaaaaaaaaaaaa,     false",
        "abcdabcdabcdabcd,     false",
        "abcdeabcdeabcdea,     true",
        "alice in the house,   false",
        "in ALICEs big house,  false",
        "ééééé ööööö üüüüü ß,  true"
    })
    void longPasswordsAreTakenAndShortOrDullOnesAreNot(String password, boolean taken) {
        Optional<String> broken = PasswordRule.broken(SecretText.of(password), "alice");
        assertEquals(taken, broken.isEmpty(), broken.toString());
    }

    @Test
    void aPasswordHasAnEnd() {
        assertTrue(PasswordRule.broken(SecretText.of("abcdefgh".repeat(16)), "alice")
                .isEmpty());
        assertFalse(PasswordRule.broken(SecretText.of("abcdefgh".repeat(16) + "i"), "alice")
                .isEmpty());
    }
}
