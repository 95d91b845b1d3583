package io.gyre.event;

import io.gyre.secret.SecretType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every topic of Gyre with its size, in the one place that the local platform and the deployments declare them from. */
public final class Topics {
    /** Followed by one of {@link SecretType#rotationTypes}. */
    public static final String REQUESTS_PREFIX = "gyre.rotation.requests.";

    public static final String RAM_REQUESTS = REQUESTS_PREFIX + "ram";
    public static final String RDS_REQUESTS = REQUESTS_PREFIX + "rds";
    public static final String ECS_REQUESTS = REQUESTS_PREFIX + "ecs";
    public static final String EVENTS = "gyre.rotation.events";
    public static final String INSTANCE_EVENTS = "gyre.instance.events";
    public static final String AUDIT_HEADS = "gyre.audit.heads";
    public static final String DEAD_LETTERS = "gyre.rotation.dead-letters";

    /** Six partitions keep six workers of one type busy; the key, a secret's ARN, keeps each secret's records in order. */
    private static final int PARTITIONS = 6;

    /** A request wakes a worker; what nobody read for a day, the workers' sweep has found long since. */
    private static final Duration REQUESTS_KEPT = Duration.ofDays(1);

    /** Operators look back over a weekend and a holiday. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(7);

    /** A few a year of each instance; the time from an expiry to the release, twice. */
    private static final Duration INSTANCE_EVENTS_KEPT = Duration.ofDays(30);

    /** Whoever checks the audit log asks for all of them. */
    private static final Duration AUDIT_HEADS_KEPT = Duration.ofDays(3650);

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

    private Topics() {}

    /**
     * A topic as it is declared.
     *
     * @param partitions how many consumers can share it
     * @param retention how long a record is kept
     */
    public record Declaration(String name, int partitions, Duration retention) {}

    /** @return every topic, in the order in which people read of them */
    public static List<Declaration> all() {
        Stream<Declaration> requests = SecretType.rotationTypes().stream()
                .map(type -> new Declaration(requests(type), PARTITIONS, REQUESTS_KEPT));
        Stream<Declaration> news = Stream.of(
                new Declaration(EVENTS, PARTITIONS, EVENTS_KEPT),
                new Declaration(INSTANCE_EVENTS, 1, INSTANCE_EVENTS_KEPT),
                new Declaration(AUDIT_HEADS, 1, AUDIT_HEADS_KEPT),
                new Declaration(DEAD_LETTERS, 1, DEAD_LETTERS_KEPT));
        return Stream.concat(requests, news).toList();
    }

    /** The topic on which the workers of a rotation type hear of new work. */
    public static String requests(String rotationType) {
        return REQUESTS_PREFIX + rotationType;
    }
}
