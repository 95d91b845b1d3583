package io.gyre.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run of benchmarks was asked for.
 *
 * @param checkout the folder whose subfolders are the modules
 * @param build the folder below each module that its jars lie in
 * @param home for everything that the run makes; emptied by it
 * @param portBase from which the ports are counted
 * @param quick a fifth of the work and fewer rounds: shows that it runs, and roughly how fast
 * @param only the contender to run alone, where there are several; null for all
 * @param progress hears how it goes
 */
public record Bench(
        Path checkout,
        String build,
        Path home,
        int portBase,
        boolean quick,
        @Nullable String only,
        PrintStream progress) {

    /** How much to do: all of it, or a fifth in a quick run. */
    public int amount(int whole) {
        return quick ? whole / 5 : whole;
    }

    /** How often to repeat, so that a median means something; an odd number. */
    public int rounds() {
        return quick ? 3 : 5;
    }

    /** One line about how it goes. */
    public void tell(String line) {
        progress.println("  " + line);
    }
}
