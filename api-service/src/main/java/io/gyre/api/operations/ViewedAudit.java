package io.gyre.api.operations;

import io.gyre.api.audit.AuditStore;
import io.gyre.audit.AuditLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The operation ListLatestAuditLines, for the operations API and for the console. */
@ApplicationScoped
public class ViewedAudit {
    private final AuditStore store;

    ViewedAudit(AuditStore store) {
        this.store = store;
    }

    /**
     * The latest first.
     *
     * @param limit 1 to 200; 20 unless given
     */
    public Uni<List<AuditLine>> latest(Mutiny.StatelessSession session, @Nullable String limit) {
        return store.latest(session, Listing.limit(limit));
    }
}
