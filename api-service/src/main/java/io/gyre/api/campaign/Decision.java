package io.gyre.api.campaign;

import java.time.Instant;

/** What a campaign does now. */
public sealed interface Decision {
    /** Begin a wave: from now on its secrets may begin. */
    record BeginWave(int wave) implements Decision {}

    /** Begin what has not begun of the wave that is under way. */
    record GoOn() implements Decision {}

    /** Nothing, as something has to come first. */
    record Await(String what) implements Decision {}

    /** Watch: nothing of the wave is under way any more. */
    record Soak(Instant until) implements Decision {}

    /** Begin nothing any more, until a person has seen why. */
    record Stop(String reason) implements Decision {}

    /** Nothing is left to do. */
    record End() implements Decision {}
}
