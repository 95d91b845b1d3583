package io.gyre.cli.doctor;

import io.gyre.platform.PlatformException;
import java.util.function.Supplier;

/**
 * One thing to look at.
 *
 * @param name in two words
 * @param look finds out; what it throws becomes a finding
 */
record Check(String name, Supplier<Finding> look) {
    /** The sentence itself says what to do where that is known. */
    private static final String REMEDY = "Mend what the sentence names, then ask again.";

    /** Never throws: the checks behind this one are made all the same. */
    Finding finding() {
        try {
            return look.get();
        } catch (PlatformException e) {
            return Finding.fail(name, String.valueOf(e.getMessage()), REMEDY);
        } catch (RuntimeException e) {
            return Finding.fail(
                    name,
                    "It could not be looked at: " + e + ".",
                    "Run the command of this subject by itself with --verbose, and report what it shows.");
        }
    }
}
