package io.gyre.api.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gyre.api.campaign.Steering.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);
    private static final StopRule TENTH = new StopRule(10, false);
    private static final StopRule PROBED = new StopRule(10, true);

    private static Campaign inWave(int wave, StopRule rule) {
        return Campaign.planned(3, SOAK, rule).beginning(wave);
    }

    private static Step decide(Campaign campaign, Tally wave, Probe probe) {
        return Steering.decide(campaign, wave, wave, probe, NOW);
    }

    private static Decision decision(Campaign campaign, Tally wave, Probe probe) {
        return decide(campaign, wave, probe).decision();
    }

    @Test
    void theCanaryBeginsFirst() {
        Step first = decide(Campaign.planned(3, SOAK, TENTH), NOTHING, Probe.NOT_ASKED);
        assertEquals(new Decision.BeginWave(1), first.decision());
        assertEquals(1, first.after().wave());
    }

    @Test
    void aWaveWaitsForAllOfTheOneBefore() {
        assertEquals(
                new Decision.Await("2 rotations of wave 1"),
                decision(inWave(1, TENTH), new Tally(0, 2, 8, 0, 0), Probe.NOT_ASKED));
    }

    @Test
    void whatWasNotBegunOfTheWaveIsBegun() {
        assertEquals(new Decision.GoOn(), decision(inWave(1, TENTH), new Tally(1, 9, 0, 0, 0), Probe.NOT_ASKED));
    }

    @Test
    void afterAWaveItWatchesForTheSoakAndThenBeginsTheNext() {
        Tally done = new Tally(0, 0, 10, 0, 0);
        Step soaking = decide(inWave(1, TENTH), done, Probe.NOT_ASKED);
        assertEquals(new Decision.Soak(NOW.plus(SOAK)), soaking.decision());
        Step before = Steering.decide(
                soaking.after(), done, done, Probe.NOT_ASKED, NOW.plus(SOAK).minusMillis(1));
        assertEquals(new Decision.Soak(NOW.plus(SOAK)), before.decision());
        Step after = Steering.decide(before.after(), done, done, Probe.NOT_ASKED, NOW.plus(SOAK));
        assertEquals(new Decision.BeginWave(2), after.decision());
        assertEquals(null, after.after().waveDoneAt());
    }

    @Test
    void theLastWaveIsWatchedToo() {
        Tally done = new Tally(0, 0, 10, 0, 0);
        Step soaking = decide(inWave(3, TENTH), done, Probe.NOT_ASKED);
        assertInstanceOf(Decision.Soak.class, soaking.decision());
        assertEquals(
                new Decision.End(),
                Steering.decide(soaking.after(), done, done, Probe.NOT_ASKED, NOW.plus(SOAK))
                        .decision());
    }

    @Test
    void aShareOfFailuresUpToTheLimitIsGoneOnWithAndOneMoreStopsAtOnce() {
        assertInstanceOf(Decision.Soak.class, decision(inWave(1, TENTH), new Tally(0, 0, 9, 1, 0), Probe.NOT_ASKED));
        assertEquals(
                new Decision.Stop("2 of 10 secrets of wave 1 failed or wait for a person: more than 10 %."),
                decision(inWave(1, TENTH), new Tally(5, 3, 0, 2, 0), Probe.NOT_ASKED));
    }

    @Test
    void whatWasSkippedIsNotCountedAmongTheOthers() {
        assertEquals(
                new Decision.Stop("1 of 9 secrets of wave 1 failed or wait for a person: more than 10 %."),
                decision(inWave(1, TENTH), new Tally(0, 0, 8, 1, 91), Probe.NOT_ASKED));
    }

    @Test
    void whatFailsLaterInEarlierWavesStopsTooWhenItIsTooMuchOfAll() {
        assertEquals(
                new Decision.Stop("4 of 30 secrets of waves 1 to 2 failed or wait for a person: more than 10 %."),
                Steering.decide(
                                inWave(2, TENTH),
                                new Tally(0, 10, 10, 0, 0),
                                new Tally(0, 10, 16, 4, 0),
                                Probe.NOT_ASKED,
                                NOW)
                        .decision());
    }

    @Test
    void aWaveOfWhichNothingCouldBeBegunProvesNothing() {
        assertEquals(
                new Decision.Stop(
                        "Nothing of wave 1 could be begun: all its 4 secrets were skipped, so that nothing was"
                                + " learnt from it."),
                decision(inWave(1, TENTH), new Tally(0, 0, 0, 0, 4), Probe.NOT_ASKED));
    }

    @Test
    void afterAStopAPersonGoesOnWithWhatHasFailedAndNoMore() {
        Tally failed = new Tally(0, 0, 5, 5, 0);
        Campaign accepted = inWave(1, TENTH).accepting(failed, failed);
        assertInstanceOf(Decision.Soak.class, decision(accepted, failed, Probe.NOT_ASKED));
        assertInstanceOf(Decision.Stop.class, decision(accepted, new Tally(0, 0, 3, 7, 0), Probe.NOT_ASKED));
        Tally skipped = new Tally(0, 0, 0, 0, 4);
        assertInstanceOf(
                Decision.Soak.class, decision(inWave(1, TENTH).accepting(skipped, skipped), skipped, Probe.NOT_ASKED));
    }

    @Test
    void whatWasAcceptedInOneWaveIsNoReserveOfTheNext() {
        Tally failed = new Tally(0, 0, 5, 5, 0);
        Campaign next = inWave(1, TENTH).accepting(failed, failed).beginning(2);
        assertEquals(
                new Decision.Stop("3 of 20 secrets of wave 2 failed or wait for a person: more than 10 %."),
                Steering.decide(next, new Tally(0, 0, 17, 3, 0), new Tally(0, 0, 22, 8, 0), Probe.NOT_ASKED, NOW)
                        .decision());
    }

    @Test
    void oneRedAnswerHoldsEverythingAndTheSecondInARowStops() {
        Tally half = new Tally(5, 5, 0, 0, 0);
        Step red = decide(inWave(1, PROBED), half, Probe.red("answered 503"));
        assertEquals(new Decision.Await("the probe to be green again, or red once more"), red.decision());
        assertInstanceOf(Decision.Await.class, decision(red.after(), half, Probe.NOT_ASKED));
        assertEquals(
                new Decision.Stop("The probe answered 503, 2 times in a row."),
                decision(red.after(), half, Probe.red("answered 503")));
        assertEquals(new Decision.GoOn(), decision(red.after(), half, Probe.GREEN));
    }

    @Test
    void withAProbeAWaveBeginsOnlyAtAGreenAnswer() {
        Campaign planned = Campaign.planned(3, SOAK, PROBED);
        assertEquals(new Decision.Await("the probe's next answer"), decision(planned, NOTHING, Probe.NOT_ASKED));
        assertEquals(new Decision.BeginWave(1), decision(planned, NOTHING, Probe.GREEN));
    }
}
