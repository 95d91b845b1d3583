package io.gyre.api.console;

import io.gyre.rpc.Digests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The rows of {@code console_failure}: how often wrong passwords came in a row, for a user and from an address. Each try is counted
 * before it is looked at, so that many at once are no way around it. After the free ones, each next one has to wait twice as long,
 * at most 15 minutes: whoever guesses gets a hundred guesses a day, and whoever is guessed at is never shut out for longer, nor from
 * the link of {@code ./gyre console} at all.
 */
@ApplicationScoped
class Lockout {
    /** For one user; NIST SP 800-63B-4 permits 100 in a row. */
    static final int FREE_FOR_USER = 5;

    /** From one address, behind which a whole office may be. */
    static final int FREE_FROM_ADDRESS = 20;

    private static final int LONGEST_SECONDS = 900;

    /** What came a day ago is forgotten. */
    private static final String FORGET = """
            DELETE FROM console_failure WHERE subject IN (
                SELECT subject FROM console_failure WHERE last_at < clock_timestamp() - interval '1 day'
                ORDER BY last_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
            """;

    /** No row comes back where the subject has to wait: then the try does not count either. */
    private static final String COUNT = """
            INSERT INTO console_failure AS f (subject, failures, last_at, blocked_until)
            VALUES (:subject, 1, clock_timestamp(), clock_timestamp())
            ON CONFLICT (subject) DO UPDATE SET
                failures = f.failures + 1,
                last_at = clock_timestamp(),
                blocked_until = clock_timestamp() + interval '1 second' * CASE
                    WHEN f.failures + 1 < :free THEN 0
                    ELSE least(:longest, power(2, least(f.failures + 1 - :free, 20))) END
            WHERE f.blocked_until <= clock_timestamp()
            RETURNING failures
            """;

    private static final String UNTIL = "SELECT blocked_until FROM console_failure WHERE subject = :subject";

    private static final String FORGIVE_USER = "DELETE FROM console_failure WHERE subject = :subject";

    /** A right password among wrong ones takes none of those back. */
    private static final String FORGIVE_ADDRESS =
            "UPDATE console_failure SET failures = greatest(failures - 1, 0) WHERE subject = :subject";

    private final Mutiny.SessionFactory sessions;

    Lockout(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Counts a try, in a transaction of its own.
     *
     * @return until when it has to wait; empty where its password may be looked at
     */
    Uni<Optional<Instant>> count(String user, String address) {
        return sessions.withStatelessTransaction(session -> session.createNativeQuery(FORGET)
                .executeUpdate()
                .chain(() -> count(session, address, FREE_FROM_ADDRESS))
                .chain(blocked ->
                        blocked.isPresent() ? Uni.createFrom().item(blocked) : count(session, user, FREE_FOR_USER)));
    }

    /** The password was right. */
    Uni<Void> forgive(Mutiny.StatelessSession session, String user, String address) {
        return change(session, FORGIVE_ADDRESS, address).chain(() -> change(session, FORGIVE_USER, user));
    }

    /** How a user is counted. */
    static String user(String userId) {
        return "user/" + userId;
    }

    /** How a name is counted that is nobody's. They share 65,536 counters, which tell no name: it may be a password. */
    static String nobody(String name) {
        return "nobody/"
                + Digests.sha256Hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 4);
    }

    /** How an address is counted: of IPv6, the network of 64 bits that one customer has. */
    static String address(String address) {
        List<String> parts = List.of(address.split(":", -1));
        return "from/" + (parts.size() == 8 ? String.join(":", parts.subList(0, 4)) : address);
    }

    private static Uni<Optional<Instant>> count(Mutiny.StatelessSession session, String subject, int free) {
        return session.createNativeQuery(COUNT, Integer.class)
                .setParameter("subject", subject)
                .setParameter("free", free)
                .setParameter("longest", LONGEST_SECONDS)
                .getSingleResultOrNull()
                .chain(counted -> counted != null
                        ? Uni.createFrom().item(Optional.<Instant>empty())
                        : session.createNativeQuery(UNTIL, Tuple.class)
                                .setParameter("subject", subject)
                                .getSingleResultOrNull()
                                // Forgiven in this moment.
                                .map(row -> row == null
                                        ? Optional.empty()
                                        : Optional.of(
                                                row.get(0, OffsetDateTime.class).toInstant())));
    }

    private static Uni<Void> change(Mutiny.StatelessSession session, String sql, String subject) {
        return session.createNativeQuery(sql)
                .setParameter("subject", subject)
                .executeUpdate()
                .replaceWithVoid();
    }
}
