package io.gyre.worker.verdict;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is held of a secret's credentials until the next look.
 *
 * @param finding what is wrong; null where nothing is
 * @param failures how many looks in a row have proved nothing
 */
public record Standing(State state, @Nullable Finding finding, int failures) {
    /** A target that is away for an hour or two is told of by what watches targets. */
    static final int ALARM_AFTER = 5;

    /** Before a look that proved nothing is repeated; it doubles with each failure, up to the other one. */
    static final Duration FIRST_REPETITION = Duration.ofMinutes(1);

    /** Also before a finding is looked at again, which a person may have mended at the target. */
    static final Duration LONGEST_REPETITION = Duration.ofHours(1);

    /** As the table {@code drift_check} and the events spell it. */
    public enum State {
        UNKNOWN("Unknown"),
        GOOD("Good"),
        DRIFTED("Drifted"),
        PREVIOUS_DRIFTED("PreviousDrifted"),
        UNCHECKED("Unchecked");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** @throws IllegalArgumentException for a label that no state has */
        public static State ofLabel(String label) {
            for (State state : values()) {
                if (state.label.equals(label)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("There is no state of drift \"" + label + "\".");
        }
    }

    /** What is told. */
    public enum News {
        DRIFTED,
        CLEARED,
        UNCHECKED
    }

    /**
     * What becomes of it.
     *
     * @param news null for nothing that was not told before
     * @param repetition after which time on the wall clock the next look comes; null for the secret's place in the interval
     */
    public record Next(
            Standing standing,
            @Nullable News news,
            @Nullable Duration repetition) {}

    /**
     * What becomes of it by a look. A finding stays until a look refutes it: that nothing could be proved does not end it.
     *
     * @param every the interval of the looks, on the wall clock
     * @param jitter from 0 to 1: looks that failed together do not return together
     */
    public Next after(Verdict verdict, Duration every, double jitter) {
        if (verdict instanceof Verdict.Works) {
            return new Next(new Standing(State.GOOD, null, 0), finding == null ? null : News.CLEARED, null);
        }
        if (verdict instanceof Verdict.Refused refused) {
            return found(State.DRIFTED, refused.finding(), every);
        }
        return verdict instanceof Verdict.PreviousRefused refused
                ? found(State.PREVIOUS_DRIFTED, refused.finding(), every)
                : failed(((Verdict.Open) verdict).why(), every, jitter);
    }

    private Next found(State found, Finding what, Duration every) {
        boolean told = state == found && what.equals(finding);
        return new Next(new Standing(found, what, 0), told ? null : News.DRIFTED, sooner(LONGEST_REPETITION, every));
    }

    private Next failed(String why, Duration every, double jitter) {
        int times = Math.min(failures, Integer.MAX_VALUE - 1) + 1;
        Duration repetition = sooner(backoff(times, jitter), every);
        if (finding != null || times < ALARM_AFTER) {
            return new Next(new Standing(state, finding, times), null, repetition);
        }
        Finding unchecked = new Finding(
                why,
                "Whether the current credential works could not be found out, " + times
                        + " times in a row: it may have drifted unnoticed.",
                "Mend what stands in the way of the looks; they go on by themselves, and one at once by a check.");
        return new Next(new Standing(State.UNCHECKED, unchecked, times), News.UNCHECKED, repetition);
    }

    private static Duration backoff(int times, double jitter) {
        Duration whole = FIRST_REPETITION.multipliedBy(1L << Math.min(times - 1, 10));
        Duration capped = whole.compareTo(LONGEST_REPETITION) > 0 ? LONGEST_REPETITION : whole;
        // At least half of it: a look soon after one that failed proves nothing either.
        return Duration.ofMillis((long) (capped.toMillis() * (0.5 + jitter / 2)));
    }

    /** The secret's place, where that comes first. */
    private static @Nullable Duration sooner(Duration repetition, Duration every) {
        return repetition.compareTo(every) < 0 ? repetition : null;
    }
}
