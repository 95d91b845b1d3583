package io.gyre.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedrawTest {
    private static final Screen SCREEN = new Screen(6, 20);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void onATerminalTheSamePlaceIsDrawnOver() {
        Redraw redraw = new Redraw(new Console(stream, true), () -> SCREEN);
        redraw.show(List.of("one", "two"));
        redraw.show(List.of("one", "two"));
        redraw.show(List.of("three"));
        assertEquals("one\ntwo\n\u001b[2A\r\u001b[Jthree\n", text());
    }

    @Test
    void aLineThatIsWiderThanTheWindowCountsAsTheLinesThatItTakes() {
        Redraw redraw = new Redraw(new Console(stream, true), () -> SCREEN);
        redraw.show(List.of("a line that is wider than that"));
        redraw.show(List.of("end"));
        assertEquals("a line that is wider\n    than that\n\u001b[2A\r\u001b[Jend\n", text());
    }

    @Test
    void elsewhereEachStateStandsBelowTheOneBefore() {
        Redraw redraw = new Redraw(new Console(stream, false), () -> SCREEN);
        redraw.show(List.of("a line that is wider than that"));
        redraw.show(List.of("end"));
        assertEquals("a line that is wider than that\nend\n", text());
    }

    @Test
    void ofTooManyLinesTheFirstAndTheLastAreShown() {
        assertEquals(
                List.of("1", "2", "  …", "8", "9"),
                SCREEN.fitted(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")));
        assertEquals(List.of("x".repeat(20), "    xx"), SCREEN.fitted(List.of("x".repeat(22))));
    }

    @Test
    void lookingEndsWithTheLastThatIsSeen() {
        Iterator<String> seen = List.of("moving", "there").iterator();
        Redraw redraw = new Redraw(new Console(stream, false), () -> SCREEN);
        assertEquals("there", redraw.until(seen::next, List::of, "there"::equals));
        assertEquals("moving\nthere\n", text());
    }
}
