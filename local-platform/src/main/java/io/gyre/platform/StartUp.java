package io.gyre.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A start as steps, each of which begins as soon as the steps that it needs are done. */
final class StartUp {

    /** Steps mostly wait, so each has a thread; a waiting step must not keep a JVM that wants to end. */
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "start-up");
        thread.setDaemon(true);
        thread.start();
    };

    private final Progress progress;
    /** What other steps may wait for. */
    record Step(CompletableFuture<Void> done) {}

    private final List<CompletableFuture<Void>> steps = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    StartUp(Progress progress) {
        this.progress = progress;
    }

    /**
     * Plans a step.
     *
     * @param work returns when the process is healthy
     * @param needs steps that have to be done before
     */
    Step step(String process, Runnable work, Step... needs) {
        CompletableFuture<?>[] before = Stream.of(needs).map(Step::done).toArray(CompletableFuture[]::new);
        CompletableFuture<Void> step = CompletableFuture.allOf(before).thenRunAsync(() -> run(process, work), THREADS);
        steps.add(step);
        var unused = step.whenComplete((done, failed) -> {
            if (failed != null) {
                failure.completeExceptionally(failed);
            }
        });
        return new Step(step);
    }

    private void run(String process, Runnable work) {
        long begin = System.nanoTime();
        synchronized (progress) {
            progress.starting(process);
        }
        work.run();
        synchronized (progress) {
            progress.ready(process, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /**
     * Waits for all steps, or for the first failure.
     *
     * @param death completes exceptionally when a process that was healthy already dies meanwhile
     * @throws PlatformException what the failed step threw
     */
    void await(CompletableFuture<?> death) {
        CompletableFuture<Void> all = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failure, death).get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The start was interrupted.", e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException("a step of the start failed", failure);
    }
}
