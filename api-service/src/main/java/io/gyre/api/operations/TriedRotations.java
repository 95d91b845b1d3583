package io.gyre.api.operations;

import io.gyre.api.secrets.SecretInspections;
import io.gyre.api.workers.InspectionAnswer;
import io.gyre.api.workers.Inspections;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The operation DryRunRotation, for the operations API and for the console. */
@ApplicationScoped
public class TriedRotations {
    private static final Logger LOG = Logger.getLogger(TriedRotations.class);

    /** A look is a few calls to a cloud and perhaps a login; a worker is there within its sweep. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);

    private final Mutiny.SessionFactory sessions;
    private final SecretInspections secrets;
    private final Inspections inspections;

    TriedRotations(Mutiny.SessionFactory sessions, SecretInspections secrets, Inspections inspections) {
        this.sessions = sessions;
        this.secrets = secrets;
        this.inspections = inspections;
    }

    /**
     * Has a worker look at the target of a secret.
     *
     * @return fails with an RpcFault where the rotation itself would be refused, or no worker answers
     */
    public Uni<DryRunView> look(AccessKey caller, String name) {
        return sessions.withStatelessSession(session -> secrets.ofRotation(session, caller.accountId(), name))
                .invoke(inspection -> LOG.infof(
                        "AccessKey %s (%s) asked for a dry run of the rotation of %s.",
                        caller.id(), caller.principal(), name))
                .chain(inspection -> inspections.answer(inspection, ANSWERED_WITHIN))
                .map(answer -> answer.map(seen -> answer(name, seen))
                        .orElseThrow(() -> OperationFaults.noWorkerAnswered(name, ANSWERED_WITHIN.toSeconds())));
    }

    private static DryRunView answer(String name, InspectionAnswer seen) {
        return new DryRunView(name, seen.passed(), seen.report(), seen.finding());
    }
}
