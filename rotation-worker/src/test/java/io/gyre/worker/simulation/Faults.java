package io.gyre.worker.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often what goes wrong. Each seed leaves some kinds out and makes others frequent: faults that hide each other when
 * everything fails are so met alone, too.
 */
final class Faults {
    /** Chances for each time that the thing might happen. */
    enum Kind {
        WORKER_DIES(0.002),
        WORKER_IS_PAUSED(0.001),
        WORKER_IS_RESTARTED(0.001),
        STORE_IS_AWAY(0.02),
        STORE_COMMITS_AND_ANSWERS_NOT(0.02),
        STORE_IS_SLOW(0.02),
        BUDGET_IS_AWAY(0.02),
        RECORD_IS_LOST(0.3),
        RECORD_IS_LATE(0.3),
        RECORD_IS_REPEATED(0.3),
        TARGET_IS_SLOW(0.1),
        TARGET_HANGS(0.05),
        TARGET_THROTTLES(0.1),
        TARGET_IS_NOT_REACHED(0.05),
        CALL_IS_LOST(0.05),
        ANSWER_IS_LOST(0.1),
        CALL_ARRIVES_LATE(0.05),
        TARGET_FORBIDS(0.01),
        TARGET_DECLINES(0.01),
        COMMAND_FAILS(0.1),
        VALUE_IS_REFUSED(0.1),
        CLOCK_JUMPS(0.3),
        STRANGER_ADDS_KEY(0.1),
        OPERATOR_MEDDLES(0.2);

        private final double chance;

        Kind(double chance) {
            this.chance = chance;
        }
    }

    private final Dice dice;
    private final Coverage coverage;
    private final Map<Kind, Double> chances = new EnumMap<>(Kind.class);
    private boolean over;

    Faults(Dice dice, Coverage coverage) {
        this.dice = dice;
        this.coverage = coverage;
        for (Kind kind : Kind.values()) {
            chances.put(kind, kind.chance * dice.oneOf(List.of(0.0, 0.3, 1.0, 1.0, 3.0)));
        }
    }

    /** From now on nothing goes wrong any more. */
    void end() {
        over = true;
    }

    boolean areOver() {
        return over;
    }

    boolean strike(Kind kind) {
        boolean strikes = !over && dice.happens(chances.get(kind));
        if (strikes) {
            coverage.struck(kind);
        }
        return strikes;
    }

    Duration between(Duration least, Duration most) {
        return dice.between(least, most);
    }

    boolean evenly() {
        return dice.happens(0.5);
    }
}
