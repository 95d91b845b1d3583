package io.gyre.examples;

import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The programs of a story, and beside them the rotations of the secrets that they use. */
final class Example implements AutoCloseable {
    /** A rotation takes longer than that, so that what is remembered works where the former credential works on. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final Kms kms;
    private final List<Lane> lanes;
    private final ScheduledExecutorService operator = Executors.newSingleThreadScheduledExecutor();

    private Example(Kms kms, List<Lane> lanes) {
        this.kms = kms;
        this.lanes = lanes;
    }

    /**
     * Makes what the programs need where it is absent, and starts all.
     *
     * @param every how long after one rotation began the next one is asked for; it begins once the former has ended
     * @throws PlatformException if something cannot be made
     */
    static Example start(Place place, Story story, Duration every) {
        Kms kms = new Kms(place);
        Cloud cloud = new Cloud(place);
        List<Lane> lanes =
                story.setUp(kms, cloud).stream().map(use -> lane(place, use)).toList();
        Example example = new Example(kms, lanes);
        for (Lane lane : lanes) {
            lane.program().start();
            var unused = example.operator.scheduleWithFixedDelay(
                    () -> example.rotate(lane), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
        return example;
    }

    private static Lane lane(Place place, Use use) {
        Tally tally = new Tally(System::nanoTime);
        try {
            CurrentCredential current =
                    new CurrentCredential(place.kmsOverTls(), place.kmsKey(), use.secret(), REMEMBERED);
            return new Lane(use, tally, current, new Program(current, use, tally));
        } catch (CacheSecretException e) {
            throw new PlatformException("The caching client cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private void rotate(Lane lane) {
        try {
            if (kms.rotate(lane.use().secret(), lane.use().order())) {
                lane.tally().rotated();
            }
        } catch (PlatformException e) {
            // A program that was given no new credential would prove nothing.
            lane.tally().failed(String.valueOf(e.getMessage()));
        }
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** How they stand now. */
    List<Shown> shown() {
        return lanes.stream().map(lane -> Shown.of(lane.use(), lane.tally())).toList();
    }

    /** How many of all uses failed. */
    long failed() {
        return lanes.stream().mapToLong(lane -> lane.tally().sum().failed()).sum();
    }

    /** Whether each program has used so many different credentials. */
    boolean hasUsed(int credentials) {
        return lanes.stream().allMatch(lane -> lane.tally().sum().credentials() >= credentials);
    }

    /** Ends them all. */
    @Override
    public void close() {
        operator.shutdownNow();
        lanes.forEach(Lane::close);
    }
}
