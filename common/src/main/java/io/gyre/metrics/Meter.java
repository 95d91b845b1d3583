package io.gyre.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every meter of Gyre's own. To add one is a line here, and the call that measures it; docs/metrics.md is written from this, and
 * what alerts and dashboards ask for is compared with it.
 */
public enum Meter {
    API_CALL(
            Kind.CALLS,
            "gyre.api.call",
            Set.of(Service.API_SERVICE),
            "How long calls took whose signature was found right, from then until their answer was told in the audit"
                    + " log.",
            Label.PRODUCT,
            Label.ACTION,
            Label.STATUS),
    ROTATION_START_LAG(
            Kind.LAGS,
            "gyre.rotation.start.lag",
            Set.of(Service.API_SERVICE),
            "How much later rotations began than their policies wanted them to, spread and window included: on the"
                    + " wall clock.",
            Label.TYPE),
    ROTATIONS(
            Kind.GAUGE,
            "gyre.rotations",
            Set.of(Service.API_SERVICE),
            "Rotations that have not ended.",
            Label.TYPE,
            Label.STATE),
    ROTATIONS_LATE(
            Kind.GAUGE,
            "gyre.rotations.late",
            Set.of(Service.API_SERVICE),
            "Those of them that take longer than is expected of their type: [rotation.md](rotation.md).",
            Label.TYPE),
    ROTATION_UNTAKEN(
            Kind.SECONDS,
            "gyre.rotation.untaken",
            Set.of(Service.API_SERVICE),
            "For how long the rotation that waits longest has been due without a worker that takes it up; 0 where none"
                    + " waits.",
            Label.TYPE),
    SECRETS_DRIFTED(
            Kind.GAUGE,
            "gyre.secrets.drifted",
            Set.of(Service.API_SERVICE),
            "Secrets of which a look found that the target refuses a credential: [drift.md](drift.md).",
            Label.TYPE),
    OUTBOX_RECORDS(
            Kind.GAUGE,
            "gyre.outbox.records",
            Set.of(Service.API_SERVICE),
            "Records that Kafka has not been told yet; counted up to 100,000."),
    OUTBOX_AGE(
            Kind.SECONDS,
            "gyre.outbox.age",
            Set.of(Service.API_SERVICE),
            "How old the oldest of them is; 0 where there is none."),
    WEBHOOK_DELIVERY(
            Kind.COUNTER,
            "gyre.webhook.deliveries",
            Set.of(Service.API_SERVICE),
            "Attempts to deliver an event to a webhook.",
            Label.DELIVERY_OUTCOME),
    AUDIT_UNWRITTEN(
            Kind.COUNTER,
            "gyre.audit.unwritten",
            Set.of(Service.API_SERVICE),
            "Calls and logins that were refused since the audit log could not be written."),
    KEPT_LOOKUP(
            Kind.COUNTER,
            "gyre.kept.lookups",
            Set.of(Service.API_SERVICE, Service.ROTATION_WORKER),
            "Looks into what a process keeps for some seconds (policies, keys of callers) or as long as it is used"
                    + " (unwrapped keys).",
            Label.KEPT,
            Label.RESULT),
    SHARED_STATEMENT(
            Kind.COUNTER,
            "gyre.shared.statements",
            Set.of(Service.API_SERVICE),
            "Statements that answered questions of many calls at once.",
            Label.STATEMENT),
    SHARED_QUESTION(
            Kind.COUNTER,
            "gyre.shared.questions",
            Set.of(Service.API_SERVICE),
            "The questions that they answered.",
            Label.STATEMENT),
    ROTATION_PICKUP(
            Kind.LAGS,
            "gyre.rotation.pickup",
            Set.of(Service.ROTATION_WORKER),
            "How long after its request a worker took up a rotation for the first time.",
            Label.TYPE),
    ROTATION_STEP(
            Kind.CALLS,
            "gyre.rotation.step",
            Set.of(Service.ROTATION_WORKER),
            "How long the effects of rotations at their targets took, logins included; the time-out is 10 s.",
            Label.TYPE,
            Label.PHASE,
            Label.STEP_OUTCOME),
    ROTATION_ENDED(
            Kind.COUNTER,
            "gyre.rotations.ended",
            Set.of(Service.ROTATION_WORKER),
            "Rotations that this worker brought to their end.",
            Label.TYPE,
            Label.ROTATION_OUTCOME,
            Label.REASON),
    ROTATIONS_IN_HAND(
            Kind.GAUGE,
            "gyre.rotations.in.hand",
            Set.of(Service.ROTATION_WORKER),
            "Rotations that this worker is at work on."),
    LEASE_STOLEN(
            Kind.COUNTER,
            "gyre.lease.steals",
            Set.of(Service.ROTATION_WORKER),
            "Rotations that this worker took over after another one's lease had run out.",
            Label.TYPE),
    LEASE_LOST(
            Kind.COUNTER,
            "gyre.lease.losses",
            Set.of(Service.ROTATION_WORKER),
            "Commits of this worker that were refused, since its lease had run out.",
            Label.TYPE),
    PUT_BACK(
            Kind.COUNTER,
            "gyre.budget.putbacks",
            Set.of(Service.ROTATION_WORKER),
            "Steps that were put off, since the budget allows no more calls of the cloud: [budgets.md](budgets.md).",
            Label.PRODUCT),
    CLOUD_CALL(
            Kind.CALLS,
            "gyre.cloud.call",
            Set.of(Service.ROTATION_WORKER),
            "How long calls of the cloud took, those of looks included.",
            Label.PRODUCT,
            Label.ACTION,
            Label.CALL_OUTCOME),
    DEAD_LETTER(
            Kind.COUNTER,
            "gyre.dead.letters",
            Set.of(Service.ROTATION_WORKER),
            "Records of the request topics that this worker could not read: [events.md](events.md#dead-letters).");

    /** What is measured, in which unit, and how it is counted together. */
    public enum Kind {
        COUNTER,
        /** A number that there is now. */
        GAUGE,
        /** A time that there is now. */
        SECONDS,
        /** How long calls take: milliseconds to seconds. */
        CALLS(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(2500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)),
        /** How much later something happens than it should: seconds to hours. */
        LAGS(
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofDays(1));

        private final List<Duration> buckets;

        Kind(Duration... buckets) {
            this.buckets = List.of(buckets);
        }

        /** The upper bounds of a histogram; empty for what is none. */
        public List<Duration> buckets() {
            return buckets;
        }

        boolean isTimer() {
            return !buckets.isEmpty();
        }

        /** As Prometheus calls it. */
        public String type() {
            return switch (this) {
                case COUNTER -> "counter";
                case GAUGE, SECONDS -> "gauge";
                case CALLS, LAGS -> "histogram";
            };
        }
    }

    /** Who measures it. */
    public enum Service {
        API_SERVICE("api-service"),
        ROTATION_WORKER("rotation-worker");

        private final String title;

        Service(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private static final Pattern LINK = Pattern.compile(":? ?\\[[^]]*]\\([^)]*\\)");

    private final Kind kind;
    private final String dotted;
    private final Set<Service> services;
    private final String meaning;
    private final List<Label> labels;

    Meter(Kind kind, String dotted, Set<Service> services, String meaning, Label... labels) {
        this.kind = kind;
        this.dotted = dotted;
        this.services = services;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    public Kind kind() {
        return kind;
    }

    /** As Micrometer has it; see {@link #family}. */
    String dotted() {
        return dotted;
    }

    /** The metric's name at Prometheus, with its unit. A histogram's series end in {@code _bucket}, {@code _count} and {@code _sum} beyond it. */
    public String family() {
        String name = dotted.replace('.', '_');
        return switch (kind) {
            case COUNTER -> name + "_total";
            case GAUGE -> name;
            case SECONDS, CALLS, LAGS -> name + "_seconds";
        };
    }

    public Set<Service> services() {
        return services;
    }

    /** In sentences, for people, with links between the documents. */
    public String meaning() {
        return meaning;
    }

    /** The same as Prometheus shows it: a link has no place to lead to there. */
    String help() {
        return LINK.matcher(meaning).replaceAll("");
    }

    public List<Label> labels() {
        return labels;
    }
}
