package io.gyre.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * What a fleet is, and for how long it is watched.
 *
 * @param secrets how many, spread evenly over the accounts
 * @param accounts cloud accounts, each with budgets of its own
 * @param begin of the time that is watched
 * @param days how long
 * @param rate calls a second of each product of an account that its budget grants
 * @param burst calls at once
 * @param limit calls a second from which a product throttles, on a usual day
 * @param spread see {@link io.gyre.schedule.Spread}
 * @param catchUp see {@link io.gyre.schedule.CatchUp}
 */
public record FleetPlan(
        int secrets,
        int accounts,
        Instant begin,
        int days,
        int rate,
        int burst,
        int limit,
        Duration spread,
        Duration catchUp,
        long seed) {

    /** A year, with the settings that production has by default. */
    public static FleetPlan year(int secrets, int accounts, long seed) {
        return new FleetPlan(
                secrets,
                accounts,
                Instant.parse("2026-01-01T00:00:00Z"),
                365,
                10,
                10,
                30,
                Duration.ofHours(1),
                Duration.ofHours(1),
                seed);
    }

    Instant end() {
        return begin.plus(Duration.ofDays(days));
    }

    int secretsOfAccount() {
        return secrets / accounts;
    }
}
