package io.gyre.platform.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A shell of two lines that outlives the supervisor by an instant. Each line that it reads is the list of processes that
 * run now; when its input ends because the supervisor is gone, also by SIGKILL, it ends the ones of the last whole line.
 */
final class ChildGuard {

    private static final String SCRIPT = "while read -r line; do list=$line; done; "
            + "for each in $list; do kill -s \"${each%%:*}\" \"${each##*:}\" 2>/dev/null; done";

    private final Process shell;

    private ChildGuard(Process shell) {
        this.shell = shell;
    }

    /** @throws IOException if no shell can be started */
    static ChildGuard start() throws IOException {
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.addAll(List.of("sh", "-c", SCRIPT));
        Process shell = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ChildGuard(shell);
    }

    /** From now on these are the processes to end. */
    void watch(Collection<ProcessRecord> running) {
        String line =
                running.stream().map(each -> each.stop() + ":" + each.pid()).collect(Collectors.joining(" ", "", "\n"));
        try {
            OutputStream input = shell.getOutputStream();
            input.write(line.getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            // Someone ended the guard. The records on disk still let the next start find what was left behind.
            shell.destroy();
        }
    }

    /** Ends the guard's watch; call it when no process is left. */
    void dismiss() {
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            shell.destroy();
        }
    }
}
