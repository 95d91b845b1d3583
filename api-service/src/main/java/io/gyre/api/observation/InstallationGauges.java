package io.gyre.api.observation;

import io.gyre.api.observation.InstallationStore.Counted;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.secret.SecretType;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Shows what was counted last. While it cannot be counted it shows that nothing is known, rather than what was so some time
 * ago. It is there from the start, so that what is not known yet is not taken for absent.
 */
@Startup
@ApplicationScoped
public class InstallationGauges {
    private final Mutiny.SessionFactory sessions;
    private final InstallationStore store;

    /** Null while nothing is known. */
    private volatile @Nullable Map<Counted, Double> numbers;

    InstallationGauges(Mutiny.SessionFactory sessions, InstallationStore store, Metrics metrics) {
        this.sessions = sessions;
        this.store = store;
        for (SecretType secret : SecretType.values()) {
            secret.rotationType().ifPresent(type -> {
                metrics.shows(Meter.ROTATIONS, () -> number("running", type), type, "running");
                metrics.shows(Meter.ROTATIONS, () -> number("waiting", type), type, "waiting");
                metrics.shows(Meter.ROTATIONS_LATE, () -> number("late", type), type);
                metrics.shows(Meter.ROTATION_UNTAKEN, () -> number("untaken", type), type);
                metrics.shows(Meter.SECRETS_DRIFTED, () -> number("drifted", secret.wireName()), type);
            });
        }
        metrics.shows(Meter.OUTBOX_RECORDS, () -> number("outbox", ""));
        metrics.shows(Meter.OUTBOX_AGE, () -> number("outbox-age", ""));
    }

    /** Counts anew. */
    public Uni<Void> measure() {
        return sessions.withStatelessSession(store::numbers)
                .invoke(counted -> numbers = counted)
                .onFailure()
                .invoke(failure -> numbers = null)
                .replaceWithVoid();
    }

    private double number(String what, String type) {
        Map<Counted, Double> known = numbers;
        return known == null ? Double.NaN : known.getOrDefault(new Counted(what, type), 0.0);
    }
}
