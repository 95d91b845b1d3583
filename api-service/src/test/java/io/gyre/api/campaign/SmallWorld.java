package io.gyre.api.campaign;

import io.gyre.api.campaign.Steering.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Secrets whose rotations end well, fail or are skipped by chance, and the shell of a campaign in its smallest form. */
final class SmallWorld {
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int BATCH = 4;
    private static final int PERCENT = 100;
    private static final int SKIPPED_PERCENT = 5;

    private enum Fate {
        PLANNED,
        RUNNING,
        DONE,
        FAILED,
        SKIPPED
    }

    private static final class Member {
        private final int wave;
        private Fate fate = Fate.PLANNED;
        private int begun;

        private Member(int wave) {
            this.wave = wave;
        }
    }

    private final Random random;
    private final int failuresPercent;
    private final int redPercent;
    private final List<Member> members = new ArrayList<>();
    private final StopRule rule;
    private Campaign campaign;
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private Probe probe = Probe.NOT_ASKED;
    private boolean stopped;
    private boolean ended;

    /** @param redPercent how often the probe is red; -1 where there is none */
    SmallWorld(Random random, int secrets, int limit, int failuresPercent, int redPercent) {
        this.random = random;
        this.failuresPercent = failuresPercent;
        this.redPercent = redPercent;
        List<Selected> selection = new ArrayList<>();
        for (int n = 0; n < secrets; n++) {
            selection.add(new Selected(n, "arn-" + n, "target-" + n % 3));
        }
        List<List<Selected>> waves =
                Waves.of(new WavePlan(1 + random.nextInt(2), 1 + random.nextInt(3), 2 + random.nextInt(20)), selection);
        for (int wave = 0; wave < waves.size(); wave++) {
            for (int n = 0; n < waves.get(wave).size(); n++) {
                members.add(new Member(wave + 1));
            }
        }
        this.rule = new StopRule(limit, redPercent >= 0);
        this.campaign = Campaign.planned(waves.size(), Duration.ofSeconds(random.nextInt(5)), rule);
        this.probe = askProbe();
    }

    /** The rotations go on; then the campaign decides, and what it says is done. What is seen next is asked at the end. */
    void round() {
        Step step = Steering.decide(
                campaign, tally(campaign.wave(), campaign.wave()), tally(1, campaign.wave()), probe, now);
        campaign = step.after();
        if (step.decision() instanceof Decision.BeginWave || step.decision() instanceof Decision.GoOn) {
            members.stream()
                    .filter(member -> member.fate == Fate.PLANNED && member.wave <= campaign.wave())
                    .limit(BATCH)
                    .forEach(this::begin);
        }
        stopped = step.decision() instanceof Decision.Stop;
        ended = step.decision() instanceof Decision.End;
        now = now.plus(ROUND);
        members.stream().filter(member -> member.fate == Fate.RUNNING).forEach(this::goOn);
        probe = askProbe();
    }

    private void begin(Member member) {
        if (failuresPercent > 0 && random.nextInt(PERCENT) < SKIPPED_PERCENT) {
            member.fate = Fate.SKIPPED;
            return;
        }
        member.begun++;
        member.fate = Fate.RUNNING;
    }

    private void goOn(Member member) {
        if (random.nextBoolean()) {
            member.fate = random.nextInt(PERCENT) < failuresPercent ? Fate.FAILED : Fate.DONE;
        }
    }

    private Probe askProbe() {
        if (redPercent < 0 || random.nextInt(3) == 0) {
            return Probe.NOT_ASKED;
        }
        return random.nextInt(PERCENT) < redPercent ? Probe.red("answered 503") : Probe.GREEN;
    }

    /** The rule as docs/campaigns.md tells it, in other words than the code's. */
    boolean isRuleBroken() {
        int reds =
                switch (probe.colour()) {
                    case NONE -> campaign.reds();
                    case GREEN -> 0;
                    case RED -> campaign.reds() + 1;
                };
        return reds >= StopRule.REDS_IN_A_ROW
                || shareOfFailures(campaign.wave(), campaign.wave()) > rule.failuresPercent()
                || shareOfFailures(1, campaign.wave()) > rule.failuresPercent();
    }

    private double shareOfFailures(int from, int to) {
        long failed = count(from, to, Fate.FAILED);
        long counted =
                failed + count(from, to, Fate.PLANNED) + count(from, to, Fate.RUNNING) + count(from, to, Fate.DONE);
        return counted == 0 ? 0 : (double) (failed * PERCENT) / counted;
    }

    private Tally tally(int from, int to) {
        return new Tally(
                (int) count(from, to, Fate.PLANNED),
                (int) count(from, to, Fate.RUNNING),
                (int) count(from, to, Fate.DONE),
                (int) count(from, to, Fate.FAILED),
                (int) count(from, to, Fate.SKIPPED));
    }

    private long count(int from, int to, Fate fate) {
        return members.stream()
                .filter(member -> member.wave >= from && member.wave <= to && member.fate == fate)
                .count();
    }

    int begun() {
        return (int) members.stream().filter(member -> member.begun > 0).count();
    }

    int wave() {
        return campaign.wave();
    }

    boolean noSecretBeganTwice() {
        return members.stream().allMatch(member -> member.begun <= 1);
    }

    boolean begunWavesAreThoseUpTo(int wave) {
        return members.stream().allMatch(member -> member.fate == Fate.PLANNED || member.wave <= wave);
    }

    boolean nothingRunsBefore(int wave) {
        return count(1, wave - 1, Fate.RUNNING) + count(1, wave - 1, Fate.PLANNED) == 0;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isOver() {
        return stopped || ended;
    }
}
