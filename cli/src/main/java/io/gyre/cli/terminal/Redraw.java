package io.gyre.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Shows lines again as they change: in place on a terminal, below each other elsewhere. */
public final class Redraw {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Console out;
    private final Supplier<Screen> screen;
    private List<String> shown = List.of();
    private int drawn;

    public Redraw(Console out) {
        this(out, Screen::now);
    }

    /** @param screen asked before each drawing on a terminal, since its window may have been resized */
    Redraw(Console out, Supplier<Screen> screen) {
        this.out = out;
        this.screen = screen;
    }

    /** Asks for the lines once a second until the thread is interrupted or the JVM ends. */
    public void untilInterrupted(Supplier<List<String>> lines) {
        var unused = until(lines, Function.identity(), shownLines -> false);
    }

    /**
     * Looks once a second until what is seen is the last of it, or the thread is interrupted.
     *
     * @param lines how people read what is seen
     * @return what was seen last
     */
    public <T> T until(Supplier<T> look, Function<T, List<String>> lines, Predicate<T> isLast) {
        while (true) {
            T seen = look.get();
            show(lines.apply(seen));
            if (isLast.test(seen) || Thread.currentThread().isInterrupted()) {
                return seen;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return seen;
            }
        }
    }

    /** Nothing is written where nothing has changed. */
    void show(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        shown = List.copyOf(lines);
        if (!out.colours()) {
            lines.forEach(out::line);
            return;
        }
        List<String> fitting = screen.get().fitted(lines);
        List<String> drawing = new ArrayList<>(fitting);
        if (drawn > 0) {
            // Up to where it began, and from there to the end of the screen: away. No line of its own, which would
            // scroll.
            drawing.set(0, "\u001b[" + drawn + "A\r\u001b[J" + fitting.get(0));
        }
        drawing.forEach(out::line);
        drawn = fitting.size();
    }
}
