package io.gyre.fleet;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.schedule.CatchUp;
import io.gyre.schedule.LookAgain;
import io.gyre.schedule.Policy;
import io.gyre.schedule.Spread;
import io.gyre.schedule.Timetable;
import io.gyre.worker.engine.Turns;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Postponed;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Now;
import io.gyre.worker.machine.Order;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.machine.Rotation;
import io.gyre.worker.machine.VersionMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** The secrets of one cloud account for as long as they are watched. */
final class AccountYear {
    /** Between an outbox record and the worker that it wakes. */
    private static final Duration DISPATCH = Duration.ofMillis(20);

    /** After the end of an outage of the workers: leases run out, and the sweep finds what is due. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(20);

    /** Somebody looks after what waits for a person. */
    private static final Duration PERSON = Duration.ofHours(1);

    private final FleetPlan plan;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Trouble trouble;
    private final Timetable timetable;
    private final Turns turns;
    private final Cloud cloud = new Cloud();
    private final FleetReport report = new FleetReport();
    private final List<FleetSecret> secrets;
    private final Campaigns campaigns;
    private long begun;

    AccountYear(FleetPlan plan, int account) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed() * 1_000_003 + account);
        this.time = new VirtualTime(plan.begin());
        this.trouble = new Trouble(plan, new SplittableRandom(plan.seed()), random.split());
        this.timetable = new Timetable(new Spread(plan.spread()));
        this.turns = new Turns(new VirtualBudget(time, plan.rate(), plan.burst()), time);
        this.secrets = Population.of(plan, account, timetable, random.split());
        this.campaigns = new Campaigns(time, random.split(), secrets, trouble, this::beginByCampaign, report);
    }

    FleetReport run() {
        secrets.forEach(secret -> planned(secret, secret.ideal));
        campaigns.plan(plan);
        time.passUntil(plan.end());
        report.close(cloud, time.now(), secrets, trouble);
        return report;
    }

    private void planned(FleetSecret secret, Instant begins) {
        long plan = ++secret.plans;
        time.at(begins, () -> {
            if (secret.plans == plan) {
                due(secret, begins);
            }
        });
    }

    /** The scan finds it. */
    private void due(FleetSecret secret, Instant begins) {
        Instant now = time.now();
        if (trouble.everything.at(now)) {
            Map.Entry<Instant, Instant> outage = trouble.everything.around(now);
            CatchUp catchUp = new CatchUp(outage.getKey(), outage.getValue(), plan.catchUp());
            planned(secret, catchUp.begin(begins));
            return;
        }
        if (secret.rotation != null) {
            planned(secret, now.plus(LookAgain.after(Duration.between(secret.ideal, now), 1)));
            return;
        }
        report.began(secret, now, trouble);
        begin(secret, Trigger.AUTOMATIC);
    }

    private boolean beginByCampaign(FleetSecret secret) {
        if (secret.rotation != null) {
            return false;
        }
        begin(secret, Trigger.IMMEDIATE);
        return true;
    }

    private void begin(FleetSecret secret, Trigger trigger) {
        report.oneBegun();
        secret.begin(trigger, ++begun);
        wakeAfter(DISPATCH, secret);
    }

    private void wakeAfter(Duration delay, FleetSecret secret) {
        after(delay, secret, () -> happens(secret, new Woken()));
    }

    /** Unless something else happens to it before. */
    private void after(Duration delay, FleetSecret secret, Runnable what) {
        long seen = secret.happenings;
        time.after(delay, () -> {
            if (secret.happenings == seen) {
                what.run();
            }
        });
    }

    /** Nothing happens while no worker runs: the next one takes it up, and knows of no outcome. */
    private void happens(FleetSecret secret, Happening happening) {
        Instant now = time.now();
        Rotation rotation = Objects.requireNonNull(secret.rotation);
        if (trouble.everything.at(now) || trouble.workers.at(now)) {
            Outages out = trouble.everything.at(now) ? trouble.everything : trouble.workers;
            wakeAfter(Duration.between(now, out.end(now)).plus(TAKEN_UP), secret);
            return;
        }
        report.oneTransition();
        Decision decision = secret.kind.machine.decide(rotation, happening, new Now(now, now, random.nextDouble()));
        Rotation after = rotation.after(decision);
        secret.rotation = after;
        secret.happenings++;
        if (decision.does(VersionMove.PROMOTE)) {
            promoted(secret, after);
        }
        if (decision.state().hasEnded()) {
            ended(secret, decision.state());
        } else if (decision.effect() != null) {
            ask(secret, after, decision.effect());
        } else if (decision.wake() != null) {
            wakeAfter(decision.wake().after(), secret);
        } else {
            report.oneWaited();
            after(PERSON, secret, () -> happens(secret, new Happening.Ordered(new Order.Retry(), "a person")));
        }
    }

    private void promoted(FleetSecret secret, Rotation rotation) {
        Instant now = time.now();
        if (!secret.byCampaign) {
            report.promoted(secret, now, trouble);
        }
        secret.promoted = true;
        secret.failures = 0;
        secret.previous = secret.kind == Kind.RDS_PAIR || secret.kind == Kind.RAM ? secret.current : null;
        secret.current = String.valueOf(rotation.candidate());
        secret.policy = new Policy(
                secret.policy.secret(),
                secret.policy.interval(),
                now.plus(secret.policy.interval()),
                now,
                secret.policy.window());
        secret.ideal = timetable.begin(secret.policy, now).orElseThrow();
        planned(secret, secret.ideal);
    }

    private void ended(FleetSecret secret, RotationState state) {
        secret.rotation = null;
        campaigns.ended(secret, state == RotationState.SUCCEEDED);
        if (state == RotationState.SUCCEEDED) {
            if (secret.kind == Kind.RAM) {
                secret.previous = null;
            }
            return;
        }
        report.oneFailed();
        if (!secret.promoted && !secret.byCampaign) {
            secret.failures++;
            Duration waited = Duration.between(secret.policy.date(), time.now());
            planned(secret, time.now().plus(LookAgain.after(waited, 1)));
        }
    }

    private void ask(FleetSecret secret, Rotation rotation, Effect effect) {
        Precedence precedence = rotation.isUnderWay() ? Precedence.UNDER_WAY : Precedence.NEW;
        turns.await(effect.calls(), precedence).subscribe().with(postponed -> {
            if (postponed.isPresent()) {
                report.onePostponed();
                happens(secret, new Postponed(postponed.get()));
            } else {
                call(secret, rotation, effect);
            }
        });
    }

    private void call(FleetSecret secret, Rotation rotation, Effect effect) {
        Outcome outcome = outcome(secret, rotation, effect);
        if (outcome instanceof Refused refused && refused.isThrottling()) {
            turns.throttled(effect.calls().product());
        }
        Duration latency = outcome instanceof Unclear ? effect.timeout() : Duration.ofMillis(20 + random.nextInt(400));
        after(latency, secret, () -> happens(secret, outcome));
    }

    private Outcome outcome(FleetSecret secret, Rotation rotation, Effect effect) {
        Instant now = time.now();
        if (effect.calls().most() > 0) {
            var product = effect.calls().product();
            int inSecond = cloud.called(product, effect.calls().most(), now);
            int limit = trouble.frugal.of(product).at(now) ? plan.limit() / 6 : plan.limit();
            if (inSecond > limit) {
                report.oneThrottled();
                return new Refused(Remedy.RETRY, "Throttling.User", "The product is called too often.");
            }
            if (trouble.products.of(product).at(now)) {
                return random.nextInt(3) == 0
                        ? new Unclear("No answer.")
                        : new Refused(Remedy.RETRY, "ServiceUnavailable", "The product is out of order.");
            }
        }
        if (campaigns.spoils(secret)) {
            return new Refused(Remedy.ROLL_BACK, "InvalidAccountName.Forbid", "The account must not be changed.");
        }
        return random.nextInt(50) == 0 && effect.calls().most() == 0
                ? new NotYet("It has not come about yet.")
                : secret.perform(effect, rotation, now);
    }
}
