package io.gyre.examples;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A few threads that use a credential without a pause for rotations. A credential that is refused is a failure, unless the target holds
 * one alone: then the secret is read anew and tried again for as long as {@link Use#rereads}, which the tally counts by itself.
 */
final class Program implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    /** A use has time-outs of ten seconds. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    private final CurrentCredential current;
    private final Use use;
    private final Tally tally;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ending;

    Program(CurrentCredential current, Use use, Tally tally) {
        this.current = current;
        this.use = use;
        this.tally = tally;
    }

    void start() {
        for (int i = 0; i < use.threads(); i++) {
            threads.execute(this::work);
        }
    }

    private void work() {
        try {
            while (!ending) {
                once();
                Thread.sleep(BETWEEN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() throws InterruptedException {
        try {
            Credential read = current.get();
            try {
                used(read);
            } catch (Refused e) {
                againUntilLetIn(e);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Refused e) {
            tally.failed(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            // Its message may quote what was sent.
            tally.failed("A credential of " + use.secret() + " could not be read or used: "
                    + e.getClass().getSimpleName() + ".");
        }
    }

    private void used(Credential credential) throws Exception {
        use.application().use(credential);
        tally.answered(use.application().name(credential), credential);
    }

    /** What a program does where the target holds one credential: between the end of the old one and the promotion of the new one lies a gap. */
    private void againUntilLetIn(Refused first) throws Exception {
        long begin = System.nanoTime();
        Refused latest = first;
        for (int reads = 1; System.nanoTime() - begin < use.rereads().toNanos(); reads++) {
            Credential fresh = current.readAnew();
            Duration after = Duration.ofNanos(System.nanoTime() - begin);
            try {
                used(fresh);
                tally.reread(reads, after);
                return;
            } catch (Refused e) {
                latest = e;
            }
            Thread.sleep(BETWEEN.toMillis());
        }
        throw latest;
    }

    /** Uses that are on their way are finished and counted. */
    @Override
    public void close() {
        ending = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(use.rereads().plus(ENDS_WITHIN).toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
