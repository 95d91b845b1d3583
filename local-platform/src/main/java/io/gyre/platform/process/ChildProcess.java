package io.gyre.platform.process;

import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One process that this JVM started. */
public final class ChildProcess {

    private final ChildSpec spec;
    private final Process process;
    private volatile boolean asked;

    ChildProcess(ChildSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /** What people call it. */
    public String name() {
        return spec.name();
    }

    /** What it was started with. */
    public ChildSpec spec() {
        return spec;
    }

    /** Its number in the operating system. */
    public long pid() {
        return process.pid();
    }

    /** The process as the operating system shows it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process ends, for whatever reason. */
    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** Whether this JVM asked it to end. */
    boolean wasAsked() {
        return asked;
    }

    /** Asks it to end and does not wait. */
    void ask() {
        asked = true;
        if (process.isAlive()) {
            Signals.ask(process.toHandle(), spec.stop());
        }
    }

    /** Waits for it to end, for at most its grace, then kills it. */
    void awaitEnd() {
        if (!Poll.until(spec.grace(), () -> !process.isAlive())) {
            process.destroyForcibly();
            Poll.until(Duration.ofSeconds(5), () -> !process.isAlive());
        }
    }

    /** The one sentence for a process that ended though nobody asked it to. */
    public PlatformException death() {
        String why = LogTail.lastMeaningfulLine(spec.log())
                .map(line -> " Its last word: " + line + (line.endsWith(".") ? "" : "."))
                .orElse(" It wrote nothing.");
        return new PlatformException(
                name() + " (process " + pid() + ") ended " + status() + "." + why + " Its whole log: " + spec.log());
    }

    private String status() {
        if (process.isAlive()) {
            return "too late";
        }
        int status = process.exitValue();
        // A shell's convention that the JDK follows: a signal's number plus 128.
        return status > 128 ? "by signal " + (status - 128) : "with exit status " + status;
    }
}
