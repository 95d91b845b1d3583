package io.gyre.platform.process;

import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One process that this JVM started. */
public final class ChildProcess {

    /** A shell's convention that the JDK follows: the exit status is this plus the signal's number. */
    private static final int SIGNALLED = 128;

    /** It leaves a process no time for a last word, so what stands last in the log has nothing to do with its death. */
    private static final int SIGKILL = 9;

    /** The kernel needs a moment to take a process apart. */
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

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
            Poll.until(KILLED_WITHIN, () -> !process.isAlive());
        }
    }

    /**
     * Kills it, then what it started: a database server's sessions outlive their parent by a moment and would keep the
     * next one from its data.
     */
    void kill() {
        asked = true;
        List<ProcessHandle> started = handle().descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        Poll.until(KILLED_WITHIN, () -> !process.isAlive() && started.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The one sentence for a process that ended though nobody asked it to. */
    public PlatformException death() {
        return new PlatformException(
                name() + " (process " + pid() + ") ended " + status() + "." + why() + " Its whole log: " + spec.log());
    }

    private String status() {
        if (process.isAlive()) {
            return "too late";
        }
        int status = process.exitValue();
        return status > SIGNALLED ? "by signal " + (status - SIGNALLED) : "with exit status " + status;
    }

    private String why() {
        if (!process.isAlive() && process.exitValue() == SIGNALLED + SIGKILL) {
            return " Someone killed it, or the machine had no memory left.";
        }
        return LogTail.lastMeaningfulLine(spec.log())
                .map(line ->
                        " Its last word: " + line + (line.endsWith(".") ? "" : ".") + PrivateFile.remedyIfFull(line))
                .orElse(" It wrote nothing.");
    }
}
