package io.gyre.cli.terminal;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Shows lines again as they change: in place on a terminal, below each other elsewhere. */
public final class Redraw {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Console out;
    private List<String> shown = List.of();

    public Redraw(Console out) {
        this.out = out;
    }

    /** Asks for the lines once a second until the thread is interrupted or the JVM ends. */
    public void untilInterrupted(Supplier<List<String>> lines) {
        while (!Thread.currentThread().isInterrupted()) {
            show(lines.get());
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Nothing is written where nothing has changed. */
    void show(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        if (out.colours() && !shown.isEmpty()) {
            // Up to where it began, and from there to the end of the screen: away.
            out.line("\u001b[" + (shown.size() + 1) + "A\u001b[J");
        }
        lines.forEach(out::line);
        shown = List.copyOf(lines);
    }
}
