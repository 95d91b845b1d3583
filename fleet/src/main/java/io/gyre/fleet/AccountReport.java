package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of an account's year. */
final class AccountReport {
    /** A look comes an hour after the one before at most, and a person within an hour. */
    private static final Duration MARGIN = Duration.ofHours(2);

    /** Rotations that began by a policy: how much later than they would have if nothing were ever out of order. */
    final Delays begins = new Delays();
    /** From the date that the API tells to the promotion. */
    final Delays promotions = new Delays();

    final Map<CloudProduct, Integer> mostCalls = new EnumMap<>(CloudProduct.class);
    long rotations;

    long failed;
    long waited;
    long transitions;
    long postponed;
    long throttled;
    long calls;
    int campaigns;
    int campaignsStopped;
    /** Waves that began though an earlier one had failed more than the stop rule allows. */
    int wavesAfterTheStop;
    /** Secrets whose rotation by a policy is overdue at the end, and by more than what was out of order explains. */
    int overdue;

    void begun() {
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

    void transition() {
        transitions++;
    }

    void failed() {
        failed++;
    }

    void waited() {
        waited++;
    }

    void postponed() {
        postponed++;
    }

    void throttled() {
        throttled++;
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

    void add(AccountReport other) {
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
}
