package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.ClockReading;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.Transition;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.simulation.Faults.Kind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The way between a worker and the database: each question takes its time, may not arrive, and its answer may be lost
 * after what it asked for was committed.
 */
final class UnreliableStore implements RotationStore {
    private static final Duration PROMPT = Duration.ofMillis(20);

    /** Longer than a commit may take, and than the lease of a claim. */
    private static final Duration SLOW = Duration.ofSeconds(20);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RotationStore database;
    private final SimulatedProcess process;
    private final VirtualTime time;
    private final Faults faults;
    private final Witness witness;
    private final String worker;

    UnreliableStore(
            RotationStore database,
            SimulatedProcess process,
            VirtualTime time,
            Faults faults,
            Witness witness,
            String worker) {
        this.database = database;
        this.process = process;
        this.time = time;
        this.faults = faults;
        this.witness = witness;
        this.worker = worker;
    }

    @Override
    public Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets) {
        return ask(database.claim(rotations, busyTargets).invoke(claimed -> witness.claimed(worker, claimed)))
                .map(this::readNow);
    }

    @Override
    public Uni<List<Claimed>> claimDue(int limit, Set<String> busyTargets) {
        return ask(database.claimDue(limit, busyTargets).invoke(claimed -> witness.claimed(worker, claimed)))
                .map(this::readNow);
    }

    /** The process reads its own clock when the answer is there. */
    private List<Claimed> readNow(List<Claimed> claimed) {
        return claimed.stream()
                .map(each -> new Claimed(
                        each.rotation(),
                        each.type(),
                        each.targetKey(),
                        each.fence(),
                        each.commits(),
                        new ClockReading(
                                each.clock().operational(),
                                each.clock().calendar(),
                                each.clock().speed(),
                                process.nanos()),
                        each.origin(),
                        each.order()))
                .toList();
    }

    @Override
    public Uni<Boolean> commit(Transition transition) {
        return ask(database.commit(transition).invoke(moved -> {
            if (moved) {
                witness.committed(worker, transition);
            } else {
                witness.refused(worker, transition);
            }
        }));
    }

    @Override
    public Uni<Void> giveBack(Claimed claimed) {
        return ask(database.giveBack(claimed).invoke(() -> witness.gaveBack(worker, claimed)));
    }

    @Override
    public Uni<SecretText> reveal(Claimed claimed, Credential which) {
        return ask(database.reveal(claimed, which));
    }

    private <T> Uni<T> ask(Uni<T> question) {
        return Uni.createFrom().emitter(answer -> {
            if (faults.strike(Kind.STORE_IS_AWAY)) {
                process.after(faults.between(Duration.ZERO, TIMEOUT), () -> answer.fail(new StoreAway()));
                return;
            }
            Duration there = faults.between(Duration.ZERO, faults.strike(Kind.STORE_IS_SLOW) ? SLOW : PROMPT);
            boolean answerIsLost = faults.strike(Kind.STORE_COMMITS_AND_ANSWERS_NOT);
            Duration back = faults.between(Duration.ZERO, answerIsLost ? TIMEOUT : PROMPT);
            var unused = time.after(there, () -> question.subscribe()
                    .with(
                            item -> process.after(back, () -> {
                                if (answerIsLost) {
                                    answer.fail(new StoreAway());
                                } else {
                                    answer.complete(item);
                                }
                            }),
                            failure -> process.after(back, () -> answer.fail(failure))));
        });
    }
}
