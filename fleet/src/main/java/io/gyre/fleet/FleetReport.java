package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of a year: of an account's, or of a fleet's, which is the sums of its accounts and the worst of any. */
public final class FleetReport {
    /** A look comes an hour after the one before at most, and a person within an hour. */
    private static final Duration MARGIN = Duration.ofHours(2);

    /** Rotations that began by a policy: how much later than they would have if nothing were ever out of order. */
    private final Delays begins = new Delays();

    /** From the date that the API tells to the promotion. */
    private final Delays promotions = new Delays();

    private final Map<CloudProduct, Integer> mostCalls = new EnumMap<>(CloudProduct.class);
    private long rotations;
    private long failed;
    private long waited;
    private long transitions;
    private long postponed;
    private long throttled;
    private long calls;
    private int campaigns;
    private int campaignsStopped;
    private int wavesAfterTheStop;
    private int overdue;

    void oneBegun() {
        rotations++;
    }

    void began(FleetSecret secret, Instant now, Trouble trouble) {
        if (secret.failures > 0) {
            return;
        }
        begins.add(Duration.between(secret.ideal, now), trouble.everything.touching(secret.ideal, now));
    }

    void promoted(FleetSecret secret, Instant now, Trouble trouble) {
        promotions.add(Duration.between(secret.ideal, now), outOfOrder(secret, now, trouble));
    }

    private static Duration outOfOrder(FleetSecret secret, Instant now, Trouble trouble) {
        Duration sum = trouble.everything.touching(secret.ideal, now).plus(trouble.workers.touching(secret.ideal, now));
        for (CloudProduct product : secret.kind.products) {
            sum = sum.plus(trouble.products.of(product).touching(secret.ideal, now))
                    .plus(trouble.frugal.of(product).touching(secret.ideal, now));
        }
        return sum;
    }

    void oneTransition() {
        transitions++;
    }

    void oneFailed() {
        failed++;
    }

    void oneWaited() {
        waited++;
    }

    void onePostponed() {
        postponed++;
    }

    void oneThrottled() {
        throttled++;
    }

    void oneCampaign() {
        campaigns++;
    }

    void oneCampaignStopped() {
        campaignsStopped++;
    }

    void oneWaveAfterTheStop() {
        wavesAfterTheStop++;
    }

    void close(Cloud cloud, Instant end, List<FleetSecret> secrets, Trouble trouble) {
        calls = cloud.calls();
        for (CloudProduct product : CloudProduct.values()) {
            mostCalls.put(product, cloud.most(product));
        }
        for (FleetSecret each : secrets) {
            boolean due = each.ideal.isBefore(end);
            if (due
                    && Duration.between(each.ideal, end)
                                    .compareTo(outOfOrder(each, end, trouble).plus(MARGIN))
                            > 0) {
                overdue++;
            }
        }
    }

    void add(FleetReport other) {
        begins.add(other.begins);
        promotions.add(other.promotions);
        other.mostCalls.forEach((product, most) -> mostCalls.merge(product, most, Math::max));
        rotations += other.rotations;
        failed += other.failed;
        waited += other.waited;
        transitions += other.transitions;
        postponed += other.postponed;
        throttled += other.throttled;
        calls += other.calls;
        campaigns += other.campaigns;
        campaignsStopped += other.campaignsStopped;
        wavesAfterTheStop += other.wavesAfterTheStop;
        overdue += other.overdue;
    }

    /** Rotations that began, by policies and by campaigns. */
    public long rotations() {
        return rotations;
    }

    /** Rotations that failed, and were begun again where a policy asks for them. */
    public long failed() {
        return failed;
    }

    /** Commits of the engine: decisions of the machines. */
    public long transitions() {
        return transitions;
    }

    /** Calls of the clouds' APIs. */
    public long calls() {
        return calls;
    }

    /** Calls that a cloud answered with Throttling, since it granted less than it usually does. */
    public long throttled() {
        return throttled;
    }

    /** Effects that waited for their turn at a budget. */
    public long postponed() {
        return postponed;
    }

    /** Rotations that waited for a person. */
    public long waited() {
        return waited;
    }

    /** The most calls of one product of one account in one second. */
    public int mostCallsInASecond() {
        int most = 0;
        for (CloudProduct product : CloudProduct.values()) {
            most = Math.max(most, mostCalls.getOrDefault(product, 0));
        }
        return most;
    }

    /** How long after its planned moment a rotation began: so many parts of all were not later. */
    public Duration beganLate(double part) {
        return begins.quantile(part);
    }

    /** The largest of these delays beyond what the processes were out of order. */
    public Duration beganLateWithoutReason() {
        return begins.mostUnexplained();
    }

    /** How long after its planned moment the new credential was current: so many parts of all were not later. */
    public Duration promotedLate(double part) {
        return promotions.quantile(part);
    }

    /** The largest of these delays beyond what processes and clouds were out of order. */
    public Duration promotedLateWithoutReason() {
        return promotions.mostUnexplained();
    }

    /** Secrets that are overdue at the end, by more than what was out of order and two hours. */
    public int overdue() {
        return overdue;
    }

    public int campaigns() {
        return campaigns;
    }

    /** Those that their stop rule ended. */
    public int campaignsStopped() {
        return campaignsStopped;
    }

    /** Waves that began though more of an earlier one had failed than the rule allows. */
    public int wavesAfterTheStop() {
        return wavesAfterTheStop;
    }

    @Override
    public String toString() {
        return ("%,d rotations of which %,d failed and %,d waited for a person; %,d transitions, %,d calls, of which at most %d in"
                        + " a second of one product, %,d effects postponed, %,d calls throttled; began late: p50 %s, p99 %s, without"
                        + " reason %s; promoted late: p50 %s, p99 %s, without reason %s; overdue at the end: %d; %d campaigns, %d"
                        + " stopped, %d waves after a stop")
                .formatted(
                        rotations(),
                        failed(),
                        waited(),
                        transitions(),
                        calls(),
                        mostCallsInASecond(),
                        postponed(),
                        throttled(),
                        beganLate(0.5),
                        beganLate(0.99),
                        beganLateWithoutReason(),
                        promotedLate(0.5),
                        promotedLate(0.99),
                        promotedLateWithoutReason(),
                        overdue(),
                        campaigns(),
                        campaignsStopped(),
                        wavesAfterTheStop());
    }
}
