package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Uses one secret again and again as a program does: reads its value, and logs in with it at once.
 *
 * <p>A sample has failed if the target refused what was read, and a second read, right after, gave the same value, or
 * another one that was refused, too. A value that was replaced between the read and the use, so that the second one
 * works, is a re-read and no failure. While the API or the target gives no answer at all there is no sample.
 *
 * <p>A gap lasts from the use that was refused to the first one after it that was let in. Safe for use by two threads:
 * one that samples, one that asks for the figures.
 */
final class Sampler {
    /** A crashed database recovers, a broker starts; with two cores and other work beside them. */
    private static final Duration AWAY_AT_MOST = Duration.ofMinutes(3);

    private static final long NO_GAP = -1;

    private final FleetSecret secret;
    private final Supplier<JsonNode> read;

    private final List<Duration> gaps = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private int samples;
    private int refused;
    private int rereads;
    private int unanswered;
    private long gapSince = NO_GAP;

    /** @param read the secret's current value; throws PlatformException if it is refused, or the API is away */
    Sampler(FleetSecret secret, Supplier<JsonNode> read) {
        this.secret = secret;
        this.read = read;
    }

    /**
     * What was seen of one secret.
     *
     * @param refused how many of the samples failed
     * @param unanswered how often the API or the target gave no answer
     * @param gaps those that are over
     * @param inGap whether the last sample was refused
     * @param troubles what must never happen: where two credentials may live, each failed sample; a read that was refused
     */
    record Seen(
            FleetSecret secret,
            int samples,
            int refused,
            int rereads,
            int unanswered,
            List<Duration> gaps,
            boolean inGap,
            List<String> troubles) {}

    synchronized Seen seen() {
        return new Seen(
                secret,
                samples,
                refused,
                rereads,
                unanswered,
                List.copyOf(gaps),
                gapSince != NO_GAP,
                List.copyOf(troubles));
    }

    /** One sample, if the API and the target answer. */
    void sample() {
        try {
            Optional<JsonNode> value = read();
            long used = System.nanoTime();
            Optional<Boolean> in = value.flatMap(this::use);
            if (in.isEmpty()) {
                counted(false, false);
            } else if (in.get()) {
                letIn(false);
            } else {
                readAgain(value.orElseThrow(), used);
            }
        } catch (RuntimeException e) {
            trouble("its sample ended with " + e);
        }
    }

    private void readAgain(JsonNode first, long used) {
        JsonNode second = insist(this::read);
        if (!second.equals(first) && insist(() -> use(second))) {
            letIn(true);
        } else {
            refused(first, second, used);
        }
    }

    /** Nothing while the API is away. */
    private Optional<JsonNode> read() {
        try {
            return Optional.of(read.get());
        } catch (PlatformException e) {
            if (Kms.isRefusal(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Nothing if the target answers neither yes nor no. */
    private Optional<Boolean> use(JsonNode value) {
        try {
            return Optional.of(secret.login().test(value));
        } catch (PlatformException e) {
            return Optional.empty();
        }
    }

    private static <T> T insist(Supplier<Optional<T>> question) {
        List<T> answer = new ArrayList<>();
        boolean answered = Poll.until(AWAY_AT_MOST, () -> {
            question.get().ifPresent(answer::add);
            return !answer.isEmpty();
        });
        if (!answered) {
            throw new PlatformException("There was no answer for " + AWAY_AT_MOST.toSeconds() + " s.");
        }
        return answer.get(0);
    }

    private synchronized void letIn(boolean reread) {
        counted(true, reread);
        if (gapSince != NO_GAP) {
            gaps.add(Duration.ofNanos(System.nanoTime() - gapSince));
            gapSince = NO_GAP;
        }
    }

    private synchronized void refused(JsonNode first, JsonNode second, long used) {
        counted(true, false);
        refused++;
        if (gapSince == NO_GAP) {
            gapSince = used;
        }
        if (secret.kind().holdsTwo()) {
            trouble(
                    first.equals(second)
                            ? "the current value was refused, and is current still"
                            : "a value was refused, and so was the one that had replaced it");
        }
    }

    private synchronized void counted(boolean answered, boolean reread) {
        samples += answered ? 1 : 0;
        unanswered += answered ? 0 : 1;
        rereads += reread ? 1 : 0;
    }

    private synchronized void trouble(String what) {
        troubles.add(Instant.now() + " " + secret.name() + ": " + what);
    }
}
