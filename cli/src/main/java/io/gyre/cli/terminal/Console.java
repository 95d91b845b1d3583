package io.gyre.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the command writes what people read. Safe for use by several threads; a line is never torn. */
public final class Console {

    private final PrintStream out;
    private final boolean colours;
    private final long begin = System.nanoTime();
    private @Nullable Duration firstRotation;

    /** @param colours whether escape sequences are understood where the text goes */
    public Console(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Standard output; in colours on a terminal only, which the launcher tells, and not if NO_COLOR is set. */
    public static Console standard() {
        return new Console(System.out, Boolean.getBoolean("gyre.terminal") && System.getenv("NO_COLOR") == null);
    }

    /** One line; an empty text leaves a line free. */
    public synchronized void line(String text) {
        out.println(text);
    }

    /** Whether escape sequences are understood where the text goes. */
    public boolean colours() {
        return colours;
    }

    /** In its colour where escape sequences are understood, else as it stands. */
    public String painted(String text, Colour colour) {
        return colours ? colour.painted(text) : text;
    }

    /** To be called when a first rotation has succeeded: the figures at the end tell when that was. */
    public synchronized void firstRotationEnded() {
        if (firstRotation == null) {
            firstRotation = sinceBegin();
        }
    }

    /** How long after this command began a first rotation had succeeded. */
    public synchronized Optional<Duration> firstRotation() {
        return Optional.ofNullable(firstRotation);
    }

    /** How long this command runs. */
    public Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
