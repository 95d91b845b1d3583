package io.gyre.worker.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is left to chance, from one seed. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of its own for one part, so that how often another part throws does not change its throws. */
    Dice split() {
        return new Dice(random.split());
    }

    RandomGenerator generator() {
        return random;
    }

    int anyNumber() {
        return random.nextInt();
    }

    /** @return from 0 to {@code bound}, without it */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    Duration upTo(Duration most) {
        return between(Duration.ZERO, most);
    }
}
