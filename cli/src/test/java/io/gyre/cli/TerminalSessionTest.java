package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import io.gyre.platform.process.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a terminal, as a process of its own at the other end of a pseudo-terminal. */
class TerminalSessionTest {
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COLUMNS = 60;
    private static final int CTRL_C = 3;
    private static final Pattern REDRAW = Pattern.compile("\u001b\\[([0-9]+)A\r\u001b\\[J");

    @TempDir
    private Path folder;

    private AnsweringServer gyre;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @BeforeEach
    void serve() throws IOException {
        gyre = new AnsweringServer(folder);
    }

    @AfterEach
    void stop() {
        gyre.close();
    }

    private static String rotation(String state, String note) {
        return """
                {"rotationId":"ID","secretName":"db/orders","rotationType":"rds","secretSubType":"DoubleUsers",
                 "trigger":"immediate","state":"STATE","phase":"SETTLE","note":"NOTE",
                 "requestedAt":"2026-03-02T10:00:00Z","timeline":[{"at":"2026-03-02T10:00:00Z","note":"NOTE"}],"orphans":[],
                 "asOf":{"calendar":"2026-03-02T10:04:10Z","wall":"2026-03-02T10:00:20Z"}}
                """.replace("ID", ID).replace("STATE", state).replace("NOTE", note);
    }

    /** As the launcher starts it there. */
    private PtyProcess session(Map<String, String> environment, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dgyre.terminal=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        line.add("--endpoint=" + gyre.endpoint());
        line.add("--key-file=" + gyre.keyFile());
        Map<String, String> all = new HashMap<>(System.getenv());
        all.put("TERM", "xterm");
        all.putAll(environment);
        PtyProcess process = new PtyProcessBuilder(line.toArray(String[]::new))
                .setEnvironment(all)
                .setInitialColumns(COLUMNS)
                .setInitialRows(40)
                .start();
        Thread reader = new Thread(() -> read(process.getInputStream()), "screen");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(InputStream from) {
        try {
            from.transferTo(screen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void await(String text) {
        assertTrue(Poll.until(PATIENCE, () -> screen().contains(text)), () -> "in vain for " + text + ": " + screen());
    }

    private void endByCtrlC(PtyProcess session) throws IOException, InterruptedException {
        session.getOutputStream().write(CTRL_C);
        session.getOutputStream().flush();
        assertEquals(130, session.waitFor(), screen());
    }

    @Test
    void aRotationIsDrawnInPlaceAsWideAsTheWindowUntilCtrlC() throws Exception {
        String wide = "This sentence does not fit on one line of a window that is sixty columns wide, it needs two.";
        gyre.answers("GET rotations/" + ID, rotation("Running", wide), rotation("Running", "Nearly done."));
        PtyProcess session = session(Map.of(), "rotation", "show", ID, "--watch");
        await("Nearly done.");
        endByCtrlC(session);
        Matcher redraw = REDRAW.matcher(screen());
        assertTrue(redraw.find(), screen());
        List<String> first = screen().substring(0, redraw.start()).lines().toList();
        assertEquals(first.size(), Integer.parseInt(redraw.group(1)), "exactly what was drawn is drawn over");
        first.forEach(each -> assertTrue(each.length() <= COLUMNS, each));
        assertTrue(first.stream().anyMatch(each -> each.equals("    two.")), first.toString());
    }

    @Test
    void theListIsDrawnInPlaceToo() throws Exception {
        String page = "{\"rotations\":[" + rotation("Running", "PLACE") + "]}";
        gyre.answers("GET rotations?limit=20", page.replace("PLACE", "one"), page.replace("PLACE", "two"));
        PtyProcess session = session(Map.of(), "rotations", "--watch");
        await("two");
        endByCtrlC(session);
        assertTrue(REDRAW.matcher(screen()).find(), screen());
    }

    @Test
    void whoWantsNoColoursGetsNoEscapeSequences() throws Exception {
        gyre.answers("GET rotations/" + ID, rotation("Running", "one"), rotation("Running", "two"));
        PtyProcess session = session(Map.of("NO_COLOR", "1"), "rotation", "show", ID, "--watch");
        await("two");
        endByCtrlC(session);
        assertFalse(screen().contains("\u001b"), screen());
    }
}
