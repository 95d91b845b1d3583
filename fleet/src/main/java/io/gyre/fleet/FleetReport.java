package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import java.time.Duration;

/** What came of a fleet's year: the sums of its accounts, and the worst of any. */
public final class FleetReport {
    private final AccountReport sum = new AccountReport();

    void add(AccountReport account) {
        sum.add(account);
    }

    void add(FleetReport other) {
        sum.add(other.sum);
    }

    /** Rotations that began, by policies and by campaigns. */
    public long rotations() {
        return sum.rotations;
    }

    /** Rotations that failed, and were begun again where a policy asks for them. */
    public long failed() {
        return sum.failed;
    }

    /** Commits of the engine: decisions of the machines. */
    public long transitions() {
        return sum.transitions;
    }

    /** Calls of the clouds' APIs. */
    public long calls() {
        return sum.calls;
    }

    /** Calls that a cloud answered with Throttling, since it granted less than it usually does. */
    public long throttled() {
        return sum.throttled;
    }

    /** Effects that waited for their turn at a budget. */
    public long postponed() {
        return sum.postponed;
    }

    /** Rotations that waited for a person. */
    public long waited() {
        return sum.waited;
    }

    /** The most calls of one product of one account in one second. */
    public int mostCallsInASecond() {
        int most = 0;
        for (CloudProduct product : CloudProduct.values()) {
            most = Math.max(most, sum.mostCalls.getOrDefault(product, 0));
        }
        return most;
    }

    /** How long after its planned moment a rotation began: so many parts of all were not later. */
    public Duration beganLate(double part) {
        return sum.begins.quantile(part);
    }

    /** The largest of these delays beyond what the processes were out of order. */
    public Duration beganLateWithoutReason() {
        return sum.begins.mostUnexplained();
    }

    /** How long after its planned moment the new credential was current: so many parts of all were not later. */
    public Duration promotedLate(double part) {
        return sum.promotions.quantile(part);
    }

    /** The largest of these delays beyond what processes and clouds were out of order. */
    public Duration promotedLateWithoutReason() {
        return sum.promotions.mostUnexplained();
    }

    /** Secrets that are overdue at the end, by more than what was out of order and two hours. */
    public int overdue() {
        return sum.overdue;
    }

    public int campaigns() {
        return sum.campaigns;
    }

    /** Those that their stop rule ended. */
    public int campaignsStopped() {
        return sum.campaignsStopped;
    }

    /** Waves that began though more of an earlier one had failed than the rule allows. */
    public int wavesAfterTheStop() {
        return sum.wavesAfterTheStop;
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
