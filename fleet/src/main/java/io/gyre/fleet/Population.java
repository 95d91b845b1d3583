package io.gyre.fleet;

import io.gyre.schedule.Policy;
import io.gyre.schedule.RotationWindow;
import io.gyre.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The secrets of an account, as they are when the year begins. */
final class Population {
    /** So many of a hundred were imported together, and have one date for each interval. */
    private static final int IMPORTED = 30;

    private record Share<T>(int ofThousand, T what) {}

    private static final List<Share<Kind>> KINDS = List.of(
            new Share<>(350, Kind.RDS_PAIR),
            new Share<>(150, Kind.RDS_SINGLE),
            new Share<>(250, Kind.RAM),
            new Share<>(150, Kind.ECS_KEY),
            new Share<>(100, Kind.ECS_PASSWORD));

    /** RAM secrets take a week or more. */
    private static final List<Share<Duration>> INTERVALS = List.of(
            new Share<>(2, Duration.ofHours(6)),
            new Share<>(5, Duration.ofDays(1)),
            new Share<>(50, Duration.ofDays(7)),
            new Share<>(550, Duration.ofDays(30)),
            new Share<>(293, Duration.ofDays(90)),
            new Share<>(100, Duration.ofDays(365)));

    private static final Duration RAM_SHORTEST = Duration.ofDays(7);

    private Population() {}

    static List<FleetSecret> of(FleetPlan plan, int account, Timetable timetable, SplittableRandom random) {
        List<FleetSecret> secrets = new ArrayList<>();
        Instant imported = plan.begin().minus(Duration.ofHours(2));
        for (int n = 0; n < plan.secretsOfAccount(); n++) {
            Kind kind = pick(KINDS, random);
            Duration interval = pick(INTERVALS, random);
            if (kind == Kind.RAM && interval.compareTo(RAM_SHORTEST) < 0) {
                interval = RAM_SHORTEST;
            }
            Instant created = random.nextInt(100) < IMPORTED
                    ? imported
                    : plan.begin().minusSeconds(random.nextLong(interval.toSeconds()));
            String arn = "acs:kms:cn-hangzhou:" + account + ":secret/app-" + n;
            Policy policy = new Policy(arn, interval, created.plus(interval), created, RotationWindow.ALWAYS);
            secrets.add(new FleetSecret(
                    n, kind, policy, timetable.begin(policy, created).orElseThrow()));
        }
        return secrets;
    }

    private static <T> T pick(List<Share<T>> shares, SplittableRandom random) {
        int place = random.nextInt(1_000);
        for (Share<T> each : shares) {
            place -= each.ofThousand();
            if (place < 0) {
                return each.what();
            }
        }
        throw new IllegalStateException("the shares are not a thousand");
    }
}
