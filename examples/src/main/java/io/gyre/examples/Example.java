package io.gyre.examples;

import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.List;

/** The programs of a story, and beside them the rotations of the secrets that they use. */
final class Example implements AutoCloseable {
    /** A rotation takes longer than that, so that what is remembered works where the former credential works on. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final List<Lane> lanes;
    private final Operator operator;

    private Example(Operator operator, List<Lane> lanes) {
        this.operator = operator;
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
        Operator operator = new Operator(kms::rotate);
        for (Lane lane : lanes) {
            lane.program().start();
            operator.rotates(lane.use(), lane.tally(), every);
        }
        return new Example(operator, lanes);
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
        operator.close();
        lanes.forEach(Lane::close);
    }
}
