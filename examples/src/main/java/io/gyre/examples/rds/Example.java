package io.gyre.examples.rds;

import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The program, and beside it the rotations of the secret that it uses. */
final class Example implements AutoCloseable {
    /** A rotation takes longer than that, so that what is remembered works whenever it is used. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Tally tally = new Tally(System::nanoTime);
    private final AtomicInteger rotations = new AtomicInteger();
    private final RotatingSecret secret;
    private final CurrentAccount account;
    private final Program program;
    private final ScheduledExecutorService operator = Executors.newSingleThreadScheduledExecutor();

    private Example(Place place, RotatingSecret secret, Database database) {
        this.secret = secret;
        try {
            this.account = new CurrentAccount(place.kmsOverTls(), place.kmsKey(), secret.name(), REMEMBERED);
        } catch (CacheSecretException e) {
            throw new PlatformException("The caching client cannot be made: " + e.getMessage() + ".", e);
        }
        this.program = new Program(account, database, tally);
    }

    /**
     * Makes what the program needs where it is absent, and starts both.
     *
     * @param every how long after one rotation began the next one is asked for; it begins once the former has ended
     * @throws PlatformException if something cannot be made
     */
    static Example start(Place place, String secretName, Duration every) {
        RotatingSecret secret =
                new RotatingSecret(place.kms(), place.kmsKey(), place.cloud(), place.cloudKey(), secretName);
        Example example = new Example(place, secret, secret.setUp());
        example.program.start();
        var unused = example.operator.scheduleWithFixedDelay(
                example::rotate, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return example;
    }

    private void rotate() {
        try {
            if (secret.rotate()) {
                rotations.incrementAndGet();
            }
        } catch (PlatformException e) {
            // A program that was given no new password would prove nothing.
            tally.failed(String.valueOf(e.getMessage()));
        }
    }

    Tally tally() {
        return tally;
    }

    /** How many have begun. */
    int rotations() {
        return rotations.get();
    }

    /** Ends both; every query that was begun is counted by then. */
    @Override
    public void close() {
        operator.shutdownNow();
        program.close();
        try {
            account.close();
        } catch (IOException e) {
            throw new PlatformException("The caching client cannot be closed.", e);
        }
    }
}
