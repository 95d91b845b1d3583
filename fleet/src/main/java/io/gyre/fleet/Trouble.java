package io.gyre.fleet;

import java.time.Duration;
import java.util.SplittableRandom;

/** Everything that goes wrong in a year. */
final class Trouble {
    /** No process of Gyre runs. */
    final Outages everything;
    /** No worker runs, though rotations begin. */
    final Outages workers;
    /** A product answers nothing, or with errors. */
    final PerProduct<Outages> products;
    /** A product grants a sixth of what it grants otherwise. */
    final PerProduct<Outages> frugal;

    /**
     * @param shared of the installation: the same for each account of a seed
     * @param own of the account
     */
    Trouble(FleetPlan plan, SplittableRandom shared, SplittableRandom own) {
        this.everything =
                Outages.daily(shared, plan.begin(), plan.days(), 1.0 / 30, Duration.ofHours(1), Duration.ofHours(22));
        this.workers =
                Outages.daily(shared, plan.begin(), plan.days(), 0.3, Duration.ofMinutes(1), Duration.ofHours(2));
        this.products = PerProduct.of(product ->
                Outages.daily(own, plan.begin(), plan.days(), 0.5, Duration.ofMinutes(1), Duration.ofHours(4)));
        this.frugal = PerProduct.of(product ->
                Outages.daily(own, plan.begin(), plan.days(), 0.3, Duration.ofMinutes(5), Duration.ofHours(1)));
    }
}
