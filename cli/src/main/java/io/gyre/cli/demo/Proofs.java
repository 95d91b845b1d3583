package io.gyre.cli.demo;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import java.util.function.BooleanSupplier;

/** What was tried, and whether it came out as it must. */
final class Proofs {
    private final Console out;
    private int held;
    private int failed;

    Proofs(Console out) {
        this.out = out;
    }

    /** Tries it, and writes one line. A trial that cannot be made proves nothing. */
    void that(String what, BooleanSupplier trial) {
        boolean holds;
        String why = "";
        try {
            holds = trial.getAsBoolean();
        } catch (PlatformException e) {
            holds = false;
            why = " (" + e.getMessage() + ")";
        }
        if (holds) {
            held++;
        } else {
            failed++;
        }
        out.line("  " + verdict(holds) + " " + what + why);
    }

    boolean allHeld() {
        return failed == 0 && held > 0;
    }

    /** In words, for the last line. */
    String summary() {
        return failed == 0
                ? "All " + held + " proofs held."
                : failed + " of " + (held + failed) + " proofs did not hold.";
    }

    private String verdict(boolean holds) {
        String word = holds ? "proven    " : "NOT PROVEN";
        if (!out.colours()) {
            return word;
        }
        return (holds ? "\u001b[32m" : "\u001b[31m") + word + "\u001b[0m";
    }
}
