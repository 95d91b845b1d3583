package io.gyre.cli.doctor;

import io.gyre.cli.terminal.Colour;

/**
 * What one check came to.
 *
 * @param check what was looked at
 * @param said what is seen, in a sentence
 * @param remedy what to do, in a sentence; empty where nothing is to be done
 */
public record Finding(String check, Verdict verdict, String said, String remedy) {
    /** How it is. */
    public enum Verdict {
        OK("ok", Colour.WORKS),
        /** Somebody should look; secrets are read and rotated all the same. */
        WARN("warn", Colour.LATE),
        /** Something does not do its work. */
        FAIL("fail", Colour.FAILED),
        /** It could not be looked at, for a reason that another finding names. */
        SKIPPED("skip", Colour.PLAIN);

        private final String word;
        private final Colour colour;

        Verdict(String word, Colour colour) {
            this.word = word;
            this.colour = colour;
        }

        /** On a terminal. */
        public Colour colour() {
            return colour;
        }

        /** For people and for programs. */
        public String word() {
            return word;
        }
    }

    static Finding ok(String check, String said) {
        return new Finding(check, Verdict.OK, said, "");
    }

    static Finding warn(String check, String said, String remedy) {
        return new Finding(check, Verdict.WARN, said, remedy);
    }

    static Finding fail(String check, String said, String remedy) {
        return new Finding(check, Verdict.FAIL, said, remedy);
    }

    static Finding skipped(String check, String said) {
        return new Finding(check, Verdict.SKIPPED, said, "");
    }
}
