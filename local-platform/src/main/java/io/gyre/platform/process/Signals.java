package io.gyre.platform.process;

import io.gyre.platform.process.ChildSpec.StopSignal;
import java.io.IOException;
import java.time.Duration;

/** Ending a process: asked first, killed when it does not listen. */
public final class Signals {

    private Signals() {}

    /**
     * Sends the signal, waits for the grace, then kills.
     *
     * @return whether the process ended by itself within the grace
     */
    public static boolean end(ProcessHandle process, StopSignal signal, Duration grace) {
        if (!process.isAlive()) {
            return true;
        }
        ask(process, signal);
        if (Poll.until(grace, () -> !process.isAlive())) {
            return true;
        }
        process.destroyForcibly();
        Poll.until(Duration.ofSeconds(5), () -> !process.isAlive());
        return false;
    }

    /** Sends the signal and does not wait. Java itself can send TERM and KILL only. */
    public static void ask(ProcessHandle process, StopSignal signal) {
        if (signal == StopSignal.TERM) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
