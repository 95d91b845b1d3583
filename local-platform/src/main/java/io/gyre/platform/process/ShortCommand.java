package io.gyre.platform.process;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command that ends by itself within moments, and its output. */
public final class ShortCommand {

    private ShortCommand() {}

    /** What a command wrote, standard output and standard error together, and its exit status. */
    public record Outcome(int status, String output) {

        /** Whether the exit status is 0. */
        public boolean succeeded() {
            return status == 0;
        }

        /** The last line of the output that is not blank: where programs say what went wrong. */
        public String lastLine() {
            return output.lines().filter(line -> !line.isBlank()).reduce("", (former, line) -> line.strip());
        }

        /** Why it failed: the last line that names a trouble, where the last line of all may be about tidying up. */
        public String complaint() {
            return LogTail.lastMeaningfulLine(output.lines().toList()).orElse("nothing at all");
        }
    }

    /**
     * Runs the command to its end.
     *
     * @throws PlatformException if it cannot be started
     */
    public static Outcome run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new PlatformException("Cannot run " + command.get(0) + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
        }
    }
}
