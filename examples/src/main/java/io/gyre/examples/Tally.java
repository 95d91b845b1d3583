package io.gyre.examples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What became of the uses of one secret, second by second. Safe for use by several threads. */
final class Tally {
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    /** Two hours, of which a page draws minutes. */
    private static final int SECONDS_KEPT = 7200;

    private final LongSupplier nanos;
    private final long begin;
    private final ArrayDeque<Counts> seconds = new ArrayDeque<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Counts all = new Counts();
    private int begun;
    private Duration longestGap = Duration.ZERO;
    private int mostReads;
    private @Nullable String firstFailure;
    private String latest = "";

    private static final class Counts {
        private long answered;
        private long reread;
        private long failed;
        private long rotations;
        private int credential;
    }

    /**
     * What happened in one second.
     *
     * @param number of the second, counted from 0 since the program began
     * @param reread how many of those that were answered had been refused first
     * @param rotations how many were begun
     * @param credential the number of the one that was used last, counted from 1 in the order of their first use; 0 where none was
     */
    record Second(int number, long answered, long reread, long failed, long rotations, int credential) {}

    /**
     * All of it until now.
     *
     * @param reread how many of those that were answered had been refused first
     * @param credentials how many different ones were used, of which the tally keeps hashes alone
     * @param longestGap from a refusal to the use that was let in next, at most
     * @param mostReads how often the secret was read anew for one use, at most
     * @param firstFailure what it said; null where none failed
     * @param latest the name of the credential that was used last; empty before the first
     */
    record Sum(
            long answered,
            long reread,
            long failed,
            int credentials,
            long rotations,
            Duration longestGap,
            int mostReads,
            @Nullable String firstFailure,
            String latest) {}

    /** @param nanos of a clock that never goes back */
    Tally(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    synchronized void answered(String name, Credential credential) {
        Counts now = now();
        now.answered++;
        all.answered++;
        now.credential = numbers.computeIfAbsent(hash(credential.value().reveal()), hash -> numbers.size() + 1);
        latest = name;
    }

    /** What was answered just now had been refused first. */
    synchronized void reread(int reads, Duration gap) {
        now().reread++;
        all.reread++;
        mostReads = Math.max(mostReads, reads);
        longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
    }

    synchronized void failed(String why) {
        now().failed++;
        all.failed++;
        if (firstFailure == null) {
            firstFailure = why;
        }
    }

    /** A rotation was begun. */
    synchronized void rotated() {
        now().rotations++;
        all.rotations++;
    }

    private Counts now() {
        long second = (nanos.getAsLong() - begin) / NANOS;
        while (begun <= second) {
            seconds.add(new Counts());
            begun++;
            if (seconds.size() > SECONDS_KEPT) {
                seconds.remove();
            }
        }
        return seconds.getLast();
    }

    /** The latest whole ones, the oldest first; the one that runs is not among them. */
    synchronized List<Second> latest(int most) {
        var unused = now();
        List<Second> whole = new ArrayList<>();
        int number = begun - seconds.size();
        for (Counts each : seconds) {
            if (number >= begun - 1 - most && number < begun - 1) {
                whole.add(new Second(number, each.answered, each.reread, each.failed, each.rotations, each.credential));
            }
            number++;
        }
        return whole;
    }

    synchronized Sum sum() {
        return new Sum(
                all.answered,
                all.reread,
                all.failed,
                numbers.size(),
                all.rotations,
                longestGap,
                mostReads,
                firstFailure,
                latest);
    }

    private static String hash(String value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
