package io.gyre.worker.budget;

import io.github.bucket4j.Bandwidth;
import io.gyre.worker.machine.Calls;
import java.time.Duration;

/**
 * What a budget grants, as a bucket of Bucket4j's has it.
 *
 * @param rate calls a second, in the long run
 * @param burst calls at once, after a while without any
 */
public record Grant(int rate, int burst) {
    /** A call is so many tokens of a bucket, so that it can cost more while the cloud throttles. */
    static final long TOKENS_A_CALL = 1_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * What calls cost.
     *
     * @param held tokens that are waited for
     * @param owed tokens beyond what the bucket can hold, which are never there: whoever comes next waits for them
     * @param grown how long it takes at present until the budget has grown by so much
     */
    public record Price(long held, long owed, Duration grown) {}

    /** A budget that nobody has used yet begins empty. */
    public Bandwidth limit() {
        return Bandwidth.builder()
                .capacity(burst * TOKENS_A_CALL)
                .refillGreedy(rate * TOKENS_A_CALL, SECOND)
                .initialTokens(0)
                .build();
    }

    /** @param share which part of the rate is granted at present, as {@link Throttle} has it */
    public Price price(Calls calls, double share) {
        double cost = calls.most() / share;
        long tokens = (long) Math.ceil(cost * TOKENS_A_CALL);
        long held = Math.min(tokens, burst * TOKENS_A_CALL);
        return new Price(held, tokens - held, Duration.ofNanos((long) (cost * SECOND.toNanos() / rate)));
    }
}
