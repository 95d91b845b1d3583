package io.gyre.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A year in which something is out of order every day: a product of the cloud every other day for up to four hours, the workers every
 * third day, everything once a month for up to a day. {@code -Dgyre.fleet.secrets} for a fleet of another size, {@code -Dgyre.fleet.seed}
 * for another one.
 */
class FleetYearTest {
    private static final int SECRETS = Integer.getInteger("gyre.fleet.secrets", 100_000);
    private static final long SEED = Long.getLong("gyre.fleet.seed", 1);
    private static final int SECRETS_OF_AN_ACCOUNT = 5_000;

    /** A look comes an hour after the one before at most, and a person within an hour. */
    private static final Duration LOOKS_AND_PERSONS = Duration.ofHours(2);

    private static FleetPlan plan;
    private static FleetReport year;

    @BeforeAll
    static void aYearPasses() {
        plan = FleetPlan.year(SECRETS, Math.max(2, SECRETS / SECRETS_OF_AN_ACCOUNT), SEED);
        long begin = System.nanoTime();
        year = FleetYear.of(plan);
        System.out.printf(
                "A year of %,d secrets, seed %d, in %.1f s: %s.%n",
                SECRETS, SEED, (System.nanoTime() - begin) / 1e9, year);
    }

    @Test
    void everyRotationBeginsWithinItsSpreadAndTheOutage() {
        assertTrue(year.rotations() > SECRETS, year::toString);
        assertEquals(Duration.ZERO, year.beganLateWithoutReason(), year::toString);
    }

    @Test
    void everyNewCredentialIsCurrentOnceWhatItNeedsIsInOrder() {
        assertTrue(year.promotedLateWithoutReason().compareTo(LOOKS_AND_PERSONS) <= 0, year::toString);
        assertEquals(0, year.overdue(), year::toString);
    }

    @Test
    void noBudgetIsPassed() {
        assertTrue(year.postponed() > 0, "with budgets that make nobody wait, this proves nothing");
        assertTrue(year.mostCallsInASecond() <= plan.rate() + plan.burst(), year::toString);
    }

    @Test
    void stopRulesStopWithinTheWave() {
        assertTrue(year.campaignsStopped() > 0 && year.campaignsStopped() < year.campaigns(), year::toString);
        assertEquals(0, year.wavesAfterTheStop(), year::toString);
    }

    @Test
    void aSeedReplaysExactly() {
        FleetPlan small = FleetPlan.year(200, 2, SEED);
        assertEquals(FleetYear.of(small).toString(), FleetYear.of(small).toString());
    }
}
