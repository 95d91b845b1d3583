package io.gyre.api.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Whole campaigns in a small world of failures, skips and red probes, looked at by rules that are told once more. */
class CampaignPropertiesTest {
    private static final int ROUNDS = 2000;

    @Property
    void afterTheRuleIsBrokenNothingBeginsAndEachSecretBeginsAtMostOnce(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int secrets,
            @ForAll @IntRange(min = 0, max = 60) int limit,
            @ForAll @IntRange(min = 0, max = 30) int failures,
            @ForAll boolean probed) {
        SmallWorld world = new SmallWorld(new Random(seed), secrets, limit, failures, probed ? 5 : -1);
        for (int round = 0; round < ROUNDS && !world.isOver(); round++) {
            boolean broken = world.isRuleBroken();
            int begunBefore = world.begun();
            int waveBefore = world.wave();
            world.round();
            if (broken) {
                assertEquals(begunBefore, world.begun(), "something began although the rule was broken");
                assertEquals(waveBefore, world.wave(), "a wave began although the rule was broken");
                assertTrue(world.isStopped());
            }
            assertTrue(world.noSecretBeganTwice());
            assertTrue(world.begunWavesAreThoseUpTo(world.wave()));
            assertTrue(world.wave() == waveBefore || world.nothingRunsBefore(world.wave()));
        }
        Statistics.collect(world.isStopped() ? "stopped" : world.isEnded() ? "ended" : "neither");
        assertTrue(world.isOver(), "it goes on for ever");
    }

    @Property(tries = 200)
    void aCampaignWithoutTroubleRotatesAllThatIsSelectedAndEnds(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int secrets, @ForAll boolean probed) {
        SmallWorld world = new SmallWorld(new Random(seed), secrets, 0, 0, probed ? 0 : -1);
        for (int round = 0; round < ROUNDS && !world.isOver(); round++) {
            world.round();
        }
        assertTrue(world.isEnded());
        assertFalse(world.isStopped());
        assertEquals(secrets, world.begun());
    }
}
