package io.gyre.api.campaign;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a campaign is.
 *
 * @param waves how many it has
 * @param wave the latest that has begun, from 1; 0 before the first
 * @param waveDoneAt since when nothing of it is under way any more; none while something is
 * @param soak how long it then watches, before the next wave and before its end; on the operational clock
 * @param reds how often in a row the probe was red
 * @param accepted what a person went on with
 */
public record Campaign(
        int waves, int wave, @Nullable Instant waveDoneAt, Duration soak, StopRule rule, int reds, Accepted accepted) {

    /**
     * The failures that a person had before their eyes and went on with: they stop it no more.
     *
     * @param wave the wave in which that was; 0 for none
     * @param ofWave how many there were in it
     * @param ofAll how many there were in all
     */
    public record Accepted(int wave, int ofWave, int ofAll) {
        public static final Accepted NOTHING = new Accepted(0, 0, 0);
    }

    /** One of which nothing has begun. */
    public static Campaign planned(int waves, Duration soak, StopRule rule) {
        return new Campaign(waves, 0, null, soak, rule, 0, Accepted.NOTHING);
    }

    /** A person goes on after a stop, and accepts what has failed. */
    public Campaign accepting(Tally ofWave, Tally begun) {
        return new Campaign(waves, wave, null, soak, rule, 0, new Accepted(wave, ofWave.failed(), begun.failed()));
    }

    Campaign seeing(Probe probe) {
        int seen =
                switch (probe.colour()) {
                    case NONE -> reds;
                    case GREEN -> 0;
                    case RED -> reds + 1;
                };
        return new Campaign(waves, wave, waveDoneAt, soak, rule, seen, accepted);
    }

    Campaign beginning(int next) {
        return new Campaign(waves, next, null, soak, rule, reds, accepted);
    }

    Campaign waveDone(@Nullable Instant at) {
        return new Campaign(waves, wave, at, soak, rule, reds, accepted);
    }

    int acceptedOfWave() {
        return accepted.wave() == wave ? accepted.ofWave() : 0;
    }

    /** One that was accepted may have turned out well since. */
    int notAccepted(int failed, int acceptedBefore) {
        return Math.max(0, failed - acceptedBefore);
    }
}
