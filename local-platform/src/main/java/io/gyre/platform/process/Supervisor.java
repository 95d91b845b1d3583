package io.gyre.platform.process;

import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts operating-system processes, remembers them on disk, says when one of them dies, and ends them all, in the
 * reverse order of their tiers. Also when this JVM is killed: see {@link ChildGuard}. Safe for use by several threads.
 */
public final class Supervisor implements AutoCloseable {

    /** How long a process left behind by a killed supervisor may take to end before it is killed. */
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(15);

    private final Path runFolder;
    private final ChildGuard guard;
    private final List<ChildProcess> children = new ArrayList<>();
    private final CompletableFuture<ChildProcess> firstDeath = new CompletableFuture<>();
    private boolean closed;

    private Supervisor(Path runFolder, ChildGuard guard) {
        this.runFolder = runFolder;
        this.guard = guard;
    }

    /**
     * @param runFolder where the processes are remembered; no other supervisor may use it at the same time
     * @throws PlatformException if the folder cannot be written or no shell can be started
     */
    public static Supervisor in(Path runFolder) {
        PrivateFile.folder(runFolder);
        try {
            return new Supervisor(runFolder, ChildGuard.start());
        } catch (IOException e) {
            throw new PlatformException("Cannot start a shell (sh): " + e.getMessage() + ".", e);
        }
    }

    /**
     * Starts a process; its output is appended to its log, which only its owner may read. It takes the place of an ended
     * process of the same name.
     *
     * @throws PlatformException if the program cannot be started or its log cannot be written
     */
    public ChildProcess start(ChildSpec spec) {
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.addAll(spec.command());
        prepareLog(spec.log());
        synchronized (this) {
            if (closed) {
                throw new PlatformException(spec.name() + " was not started: the platform is being stopped.");
            }
            ChildProcess child = new ChildProcess(spec, spawn(spec, command));
            children.removeIf(each -> each.name().equals(spec.name()) && !each.isAlive());
            children.add(child);
            ProcessRecord.of(spec.name(), child.handle(), spec.stop()).write(runFolder);
            guard.watch(running());
            var unused = child.onExit().thenAccept(this::ended);
            return child;
        }
    }

    private static Process spawn(ChildSpec spec, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(Supervisor::wouldConfigure);
        builder.environment().putAll(spec.environment());
        try {
            return builder.directory(spec.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            throw new PlatformException("Cannot start " + spec.name() + ": " + e.getMessage() + ".", e);
        }
    }

    /** What a person's shell happens to hold must not change a process that is configured whole from here. */
    private static boolean wouldConfigure(String variable) {
        return variable.startsWith("GYRE_") || variable.startsWith("QUARKUS_") || variable.startsWith("SMALLRYE_");
    }

    private static void prepareLog(Path log) {
        try {
            PrivateFile.folder(log.toAbsolutePath().resolveSibling(""));
            if (!Files.exists(log)) {
                Files.createFile(
                        log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(log, e);
        }
    }

    private synchronized void ended(ChildProcess child) {
        if (children.contains(child)) {
            // Else the record is that of the process which took its place.
            ProcessRecord.forget(runFolder, child.name());
        }
        if (!closed) {
            guard.watch(running());
        }
        if (!child.wasAsked()) {
            firstDeath.complete(child);
        }
    }

    private List<ProcessRecord> running() {
        return children.stream()
                .filter(ChildProcess::isAlive)
                .map(child -> ProcessRecord.of(
                        child.name(), child.handle(), child.spec().stop()))
                .toList();
    }

    /** Completes with the first process that ends though nobody asked it to. */
    public CompletableFuture<ChildProcess> firstDeath() {
        return firstDeath;
    }

    /** The last process of each name that was started, in the order of their start. */
    public synchronized List<ChildProcess> children() {
        return List.copyOf(children);
    }

    /**
     * Waits until the condition holds.
     *
     * @throws PlatformException if the child dies first, or the time passes
     */
    public static void awaitReady(ChildProcess child, Duration within, BooleanSupplier ready) {
        boolean[] isReady = {false};
        boolean settled = Poll.until(within, () -> {
            isReady[0] = ready.getAsBoolean();
            return isReady[0] || !child.isAlive();
        });
        if (isReady[0]) {
            return;
        }
        if (settled) {
            throw child.death();
        }
        throw new PlatformException(child.name() + " (process " + child.pid() + ") was not ready within "
                + within.toSeconds() + " s. Its log: " + child.spec().log());
    }

    /** Ends one process: asks it, waits for its grace, kills it. */
    public void stop(ChildProcess child) {
        child.ask();
        child.awaitEnd();
    }

    /** Kills one process and all that it started, without a word; returns when nothing of it is left. */
    public void kill(ChildProcess child) {
        child.kill();
    }

    /** Ends every process, the highest tier first; returns when none is left. */
    @Override
    public void close() {
        List<ChildProcess> toEnd;
        synchronized (this) {
            closed = true;
            toEnd = new ArrayList<>(children);
        }
        toEnd.stream()
                .map(child -> child.spec().tier())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(tier -> {
                    List<ChildProcess> together = toEnd.stream()
                            .filter(child -> child.spec().tier() == tier)
                            .toList();
                    together.forEach(ChildProcess::ask);
                    together.forEach(ChildProcess::awaitEnd);
                });
        toEnd.forEach(child -> ProcessRecord.forget(runFolder, child.name()));
        guard.watch(List.of());
        guard.dismiss();
    }

    /**
     * Ends what an earlier supervisor left behind: the processes that the folder remembers and that still run. A process
     * that merely got the number of one of them is left alone.
     *
     * @return the names of the processes that were ended
     */
    public static List<String> endLeftovers(Path runFolder) {
        List<String> ended = new ArrayList<>();
        for (ProcessRecord each : ProcessRecord.in(runFolder)) {
            @Nullable ProcessHandle process = each.running().orElse(null);
            if (process != null) {
                Signals.end(process, each.stop(), LEFTOVER_GRACE);
                ended.add(each.name());
            }
            ProcessRecord.forget(runFolder, each.name());
        }
        return ended;
    }
}
