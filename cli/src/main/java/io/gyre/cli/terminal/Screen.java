package io.gyre.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How much the terminal shows at once. What is drawn in place has to fit: a line that the terminal wraps by itself counts as
 * several, and what has scrolled away cannot be drawn over.
 */
record Screen(int rows, int columns) {
    /** Of a terminal that does not tell. */
    private static final Screen USUAL = new Screen(24, 80);

    private static final int LEAST_ROWS = 4;
    private static final int LEAST_COLUMNS = 20;

    /** As large as the window is now. */
    static Screen now() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return size.length == 2 ? atLeast(Integer.parseInt(size[0]), Integer.parseInt(size[1])) : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        }
    }

    /** A window of no size is one whose size nobody has set. */
    private static Screen atLeast(int rows, int columns) {
        return rows < LEAST_ROWS || columns < LEAST_COLUMNS ? USUAL : new Screen(rows, columns);
    }

    /** The lines as they fit: long ones broken between words, and of too many the first and the last. */
    List<String> fitted(List<String> lines) {
        List<String> broken = new ArrayList<>();
        lines.forEach(line -> broken.addAll(broken(line)));
        // The cursor's own line stays free.
        int most = rows - 1;
        if (broken.size() <= most) {
            return broken.isEmpty() ? List.of("") : broken;
        }
        int first = most / 2;
        List<String> kept = new ArrayList<>(broken.subList(0, first));
        kept.add("  …");
        kept.addAll(broken.subList(broken.size() - (most - first - 1), broken.size()));
        return kept;
    }

    private List<String> broken(String line) {
        List<String> parts = new ArrayList<>();
        String rest = line;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            // A word that is wider than half of the window is broken itself.
            int end = space > columns / 2 ? space : columns;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = "    " + rest.substring(end).stripLeading();
        }
        parts.add(rest);
        return parts;
    }
}
