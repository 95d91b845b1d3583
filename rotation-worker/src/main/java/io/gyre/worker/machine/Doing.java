package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import java.time.Duration;
import java.util.function.Function;

/** What is done in a phase. */
public sealed interface Doing {
    /**
     * One effect at the target.
     *
     * @param touches whether the target is another one afterwards
     */
    record Perform(Function<Rotation, Effect> effect, Patience patience, boolean touches) implements Doing {}

    /** Nothing, until the time has passed. */
    record Rest(Wake.Clock clock, Function<Rotation, Duration> howLong) implements Doing {}

    /** Nothing, until somebody has changed something and says so. */
    record AskPerson(Function<Rotation, String> finding) implements Doing {}

    /** The rotation has ended. */
    record Finish(RotationState state) implements Doing {}

    /** An effect that only looks. */
    static Doing look(Function<Rotation, Effect> effect, Patience patience) {
        return new Perform(effect, patience, false);
    }

    /** An effect that changes the target. */
    static Doing change(Function<Rotation, Effect> effect) {
        return new Perform(effect, Patience.CALL, true);
    }

    static Doing rest(Wake.Clock clock, Function<Rotation, Duration> howLong) {
        return new Rest(clock, howLong);
    }

    /** The phase in which the API leaves a rotation: the first worker that wakes it goes on. */
    static Doing begin() {
        return new Rest(Wake.Clock.OPERATIONAL, rotation -> Duration.ZERO);
    }

    static Doing askPerson(Function<Rotation, String> finding) {
        return new AskPerson(finding);
    }

    static Doing finish(RotationState state) {
        return new Finish(state);
    }
}
