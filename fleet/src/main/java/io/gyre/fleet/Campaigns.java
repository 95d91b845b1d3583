package io.gyre.fleet;

import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.Decision;
import io.gyre.api.campaign.Probe;
import io.gyre.api.campaign.Selected;
import io.gyre.api.campaign.Steering;
import io.gyre.api.campaign.StopRule;
import io.gyre.api.campaign.Tally;
import io.gyre.api.campaign.WavePlan;
import io.gyre.api.campaign.Waves;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The campaigns of an account: one a month, every other of which goes wrong from some secret on. */
final class Campaigns {
    private static final Duration EVERY = Duration.ofDays(30);
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final int SECRETS = 200;
    private static final int A_TICK = 50;
    private static final WavePlan WAVES = new WavePlan(1, 3, 100);
    private static final StopRule RULE = new StopRule(5, false);
    private static final Duration SOAK = Duration.ofMinutes(10);

    /** What became of a secret of the campaign. */
    private enum Fate {
        PLANNED,
        RUNNING,
        DONE,
        FAILED,
        SKIPPED
    }

    private final VirtualTime time;
    private final SplittableRandom random;
    private final List<FleetSecret> secrets;
    private final Trouble trouble;
    private final Predicate<FleetSecret> begin;
    private final FleetReport report;

    private @Nullable Campaign campaign;
    private List<List<FleetSecret>> waves = List.of();
    private final Map<FleetSecret, Fate> fates = new HashMap<>();
    private final Map<FleetSecret, Integer> places = new HashMap<>();
    /** From this place on, targets refuse; none where it is behind the last. */
    private int spoiledFrom;

    private int wave;
    /** The first wave of which more has failed than the rule allows, counted here anew. */
    private int brokenIn;

    /** @param begin begins a rotation, and says whether it could */
    Campaigns(
            VirtualTime time,
            SplittableRandom random,
            List<FleetSecret> secrets,
            Trouble trouble,
            Predicate<FleetSecret> begin,
            FleetReport report) {
        this.time = time;
        this.random = random;
        this.secrets = secrets;
        this.trouble = trouble;
        this.begin = begin;
        this.report = report;
    }

    void plan(FleetPlan fleet) {
        for (Instant at = fleet.begin().plus(Duration.ofDays(5)); at.isBefore(fleet.end()); at = at.plus(EVERY)) {
            time.at(at.plusSeconds(random.nextLong(EVERY.toSeconds() / 2)), this::open);
        }
    }

    private void open() {
        if (campaign != null) {
            return;
        }
        fates.clear();
        places.clear();
        brokenIn = 0;
        Map<Long, FleetSecret> chosen = new HashMap<>();
        while (chosen.size() < Math.min(SECRETS, secrets.size() / 2)) {
            FleetSecret secret = secrets.get(random.nextInt(secrets.size()));
            chosen.put(secret.id, secret);
        }
        List<Selected> selection = chosen.values().stream()
                .map(each -> new Selected(each.id, each.policy.secret(), each.kind.name() + each.id % 10))
                .toList();
        waves = Waves.of(WAVES, selection).stream()
                .map(wave ->
                        wave.stream().map(each -> chosen.get(each.secretId())).toList())
                .toList();
        waves.forEach(wave -> wave.forEach(each -> {
            places.put(each, places.size());
            fates.put(each, Fate.PLANNED);
        }));
        spoiledFrom = random.nextBoolean() ? random.nextInt(places.size()) : Integer.MAX_VALUE;
        campaign = Campaign.planned(waves.size(), SOAK, RULE);
        report.oneCampaign();
        tick();
    }

    /** Whether the target of this secret refuses what the campaign asks of it. */
    boolean spoils(FleetSecret secret) {
        return campaign != null
                && secret.byCampaign
                && fates.get(secret) == Fate.RUNNING
                && !secret.promoted
                && places.getOrDefault(secret, 0) >= spoiledFrom;
    }

    /** A rotation has ended, whoever began it. */
    void ended(FleetSecret secret, boolean well) {
        if (campaign == null || !secret.byCampaign || fates.get(secret) != Fate.RUNNING) {
            return;
        }
        fates.put(secret, well ? Fate.DONE : Fate.FAILED);
        if (!well && brokenIn == 0 && exceeds(waves.get(wave - 1))) {
            brokenIn = wave;
        }
    }

    private boolean exceeds(List<FleetSecret> those) {
        long failed = count(those, Fate.FAILED);
        long counted = those.size() - count(those, Fate.SKIPPED);
        return failed * 100 > RULE.failuresPercent() * counted;
    }

    private long count(List<FleetSecret> those, Fate fate) {
        return those.stream().filter(each -> fates.get(each) == fate).count();
    }

    private void tick() {
        if (campaign == null) {
            return;
        }
        Instant now = time.now();
        if (trouble.everything.at(now)) {
            time.at(trouble.everything.end(now), this::tick);
            return;
        }
        waves.forEach(each -> each.stream()
                .filter(secret -> fates.get(secret) == Fate.RUNNING && secret.byCampaign && secret.promoted)
                .forEach(secret -> fates.put(secret, Fate.DONE)));
        List<FleetSecret> begun = new ArrayList<>();
        waves.subList(0, wave).forEach(begun::addAll);
        List<FleetSecret> current = wave == 0 ? List.of() : waves.get(wave - 1);
        Steering.Step step = Steering.decide(campaign, tally(current), tally(begun), Probe.NOT_ASKED, now);
        campaign = step.after();
        if (step.decision() instanceof Decision.BeginWave next) {
            wave = next.wave();
            if (brokenIn != 0 && wave > brokenIn) {
                report.oneWaveAfterTheStop();
            }
            go();
        } else if (step.decision() instanceof Decision.GoOn) {
            go();
        } else if (step.decision() instanceof Decision.Stop) {
            report.oneCampaignStopped();
            close();
            return;
        } else if (step.decision() instanceof Decision.End) {
            close();
            return;
        }
        time.after(TICK, this::tick);
    }

    private void close() {
        campaign = null;
        wave = 0;
    }

    private void go() {
        waves.get(wave - 1).stream()
                .filter(each -> fates.get(each) == Fate.PLANNED)
                .limit(A_TICK)
                .forEach(each -> fates.put(each, begin.test(each) ? Fate.RUNNING : Fate.SKIPPED));
    }

    private Tally tally(List<FleetSecret> those) {
        return new Tally(
                (int) count(those, Fate.PLANNED),
                (int) count(those, Fate.RUNNING),
                (int) count(those, Fate.DONE),
                (int) count(those, Fate.FAILED),
                (int) count(those, Fate.SKIPPED));
    }
}
