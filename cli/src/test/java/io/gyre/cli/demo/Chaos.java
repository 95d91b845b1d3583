package io.gyre.cli.demo;

import io.gyre.cli.demo.Cloud.Product;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.platform.Platform;
import io.gyre.platform.service.RotationWorker;
import io.gyre.platform.testing.TestPlatform;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One blow after the other: workers are killed, Kafka and PostgreSQL go away and come back, the cloud misbehaves. The seed
 * says which blow follows which, at which worker, and after which pause; when each falls is up to the machine.
 */
final class Chaos {
    /** What happens. A deck holds each as often as {@link #inADeck}, so that no run goes without one of them. */
    enum Blow {
        KILL_WORKER(4),
        RESTART_KAFKA(1),
        CRASH_POSTGRES(1),
        CLOUD_MISBEHAVES(5);

        private final int inADeck;

        Blow(int inADeck) {
            this.inADeck = inADeck;
        }
    }

    private static final int SHORTEST_PAUSE_MILLIS = 1_500;
    private static final int LONGEST_PAUSE_MILLIS = 5_500;
    private static final int LONGEST_AWAY_MILLIS = 3_000;

    private final Platform platform;
    private final int workers;
    private final Cloud cloud;
    private final Random random;
    private final Console out;
    private final Deque<Blow> deck = new ArrayDeque<>();
    private final Map<Blow, Integer> dealt = new EnumMap<>(Blow.class);
    private final Map<String, CompletableFuture<Void>> back = new HashMap<>();
    private final long begin = System.nanoTime();

    Chaos(TestPlatform running, Cloud cloud, long seed, Console out) {
        this.platform = running.platform();
        this.workers = running.plan().workers();
        this.cloud = cloud;
        this.random = new Random(seed);
        this.out = out;
    }

    /** Returns when it is over: no fault is left, and every process is healthy again. */
    void rage(Duration duration) {
        while (System.nanoTime() - begin < duration.toNanos()) {
            after(between(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS), () -> strike(next()))
                    .join();
        }
        back.values().forEach(CompletableFuture::join);
        cloud.call(Product.SIMULATOR, "ClearFaults", Map.of());
        tell("Faults are over.");
    }

    private Blow next() {
        if (deck.isEmpty()) {
            List<Blow> all = new ArrayList<>();
            for (Blow each : Blow.values()) {
                all.addAll(Collections.nCopies(each.inADeck, each));
            }
            Collections.shuffle(all, random);
            deck.addAll(all);
        }
        return deck.remove();
    }

    private void strike(Blow blow) {
        dealt.merge(blow, 1, Integer::sum);
        switch (blow) {
            case KILL_WORKER -> takeAway(RotationWorker.name(1 + random.nextInt(workers)), true);
            case RESTART_KAFKA -> takeAway(Platform.KAFKA, random.nextBoolean());
            case CRASH_POSTGRES -> takeAway(Platform.POSTGRES, true);
            case CLOUD_MISBEHAVES -> misbehave();
        }
    }

    /** It comes back while the next blows fall already. If it is not back from the last one yet, it is waited for. */
    private void takeAway(String process, boolean killed) {
        int away = between(0, LONGEST_AWAY_MILLIS);
        CompletableFuture<Void> last = back.get(process);
        if (last != null) {
            last.join();
        }
        tell((killed ? "SIGKILL to " : "Stopping ") + process + ", started again after " + away + " ms");
        if (killed) {
            platform.kill(process);
        } else {
            platform.stop(process);
        }
        back.put(process, after(away, () -> startAgain(process)));
    }

    private void startAgain(String process) {
        platform.startAgain(process);
        tell(process + " is healthy again");
    }

    private void misbehave() {
        Misbehaviour each = Misbehaviour.random(random);
        tell(each.parameters().get("Count") + " × " + each.call() + ": " + each.way());
        each.inject(cloud);
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private static CompletableFuture<Void> after(int millis, Runnable task) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(task, later);
    }

    private void tell(String what) {
        out.line(String.format("  %7s  %s", Words.seconds(Duration.ofNanos(System.nanoTime() - begin)), what));
    }

    int dealt(Blow blow) {
        return dealt.getOrDefault(blow, 0);
    }
}
