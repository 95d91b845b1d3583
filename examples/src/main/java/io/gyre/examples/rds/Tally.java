package io.gyre.examples.rds;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What became of the queries, second by second. Safe for use by several threads. */
final class Tally {
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final long begin;
    private final List<Second> seconds = new ArrayList<>();
    private final Set<String> passwords = new HashSet<>();
    private long answered;
    private long failed;
    private @Nullable String firstFailure;
    private @Nullable Account latest;

    /**
     * The queries of one second.
     *
     * @param account that was used last; empty where none was
     */
    record Second(int answered, int failed, String account) {}

    /**
     * All of it until now.
     *
     * @param passwords how many different ones were used, of which the tally keeps hashes alone
     * @param firstFailure what it said; null where none failed
     * @param latest with which was queried last; null before the first query
     */
    record Sum(
            long answered,
            long failed,
            int passwords,
            @Nullable String firstFailure,
            @Nullable Account latest) {}

    /** @param nanos of a clock that never goes back */
    Tally(LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    synchronized void answered(Account account) {
        Second now = now();
        replace(new Second(now.answered() + 1, now.failed(), account.name()));
        answered++;
        passwords.add(hash(account.password()));
        latest = account;
    }

    synchronized void failed(String why) {
        Second now = now();
        replace(new Second(now.answered(), now.failed() + 1, now.account()));
        failed++;
        if (firstFailure == null) {
            firstFailure = why;
        }
    }

    private Second now() {
        int index = (int) ((nanos.getAsLong() - begin) / NANOS);
        while (seconds.size() <= index) {
            seconds.add(new Second(0, 0, ""));
        }
        return seconds.get(seconds.size() - 1);
    }

    private void replace(Second now) {
        seconds.set(seconds.size() - 1, now);
    }

    /** The latest whole ones, the oldest first; the one that runs is not among them. */
    synchronized List<Second> latest(int number) {
        var unused = now();
        int end = seconds.size() - 1;
        return List.copyOf(seconds.subList(Math.max(0, end - number), end));
    }

    synchronized Sum sum() {
        return new Sum(answered, failed, passwords.size(), firstFailure, latest);
    }

    private static String hash(String password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
