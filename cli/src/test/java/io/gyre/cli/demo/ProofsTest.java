package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Proofs proofs =
            new Proofs(new Console(new PrintStream(written, true, StandardCharsets.UTF_8), false));

    @Test
    void oneProofThatDoesNotHoldIsEnough() {
        proofs.that("water is wet", () -> true);
        assertTrue(proofs.allHeld());
        proofs.that("fire is cold", () -> false);
        assertFalse(proofs.allHeld());
        assertEquals("1 of 2 proofs did not hold.", proofs.summary());
    }

    @Test
    void noProofAtAllProvesNothing() {
        assertFalse(proofs.allHeld());
    }

    @Test
    void aTrialThatCannotBeMadeIsNoProofAndSaysWhy() {
        proofs.that("the old password is refused", () -> {
            throw new PlatformException("the database is away");
        });
        assertFalse(proofs.allHeld());
        assertTrue(written.toString(StandardCharsets.UTF_8)
                .contains("NOT PROVEN the old password is refused (the database is away)"));
    }
}
