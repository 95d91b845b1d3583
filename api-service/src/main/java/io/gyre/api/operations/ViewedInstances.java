package io.gyre.api.operations;

import io.gyre.api.instances.InstanceStore;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The operations ListInstances and RenewInstance, for the operations API and for the console. */
@ApplicationScoped
public class ViewedInstances {
    private static final Logger LOG = Logger.getLogger(ViewedInstances.class);

    /** Ten years. */
    private static final long LONGEST = 3650;

    private static final String DAYS_RULE = "give days of the calendar, from 1 to " + LONGEST + ".";

    private final Mutiny.SessionFactory sessions;
    private final InstanceStore store;

    ViewedInstances(Mutiny.SessionFactory sessions, InstanceStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    /** The oldest first; those of an account are few. */
    public Uni<List<InstanceView>> all(Mutiny.StatelessSession session, String account) {
        return store.all(session, account)
                .map(all -> all.stream().map(InstanceView::of).toList());
    }

    /**
     * Lets one live on, from its expiry, or from now where that has passed.
     *
     * @return fails with an {@link RpcFault}: InstanceNotFound, InstanceReleased, InstanceWithoutEnd
     */
    public Uni<InstanceView> renew(AccessKey caller, String id, @Nullable Long days) {
        if (days == null) {
            throw OperationFaults.missing("days", DAYS_RULE);
        }
        long checked = checked(days);
        return sessions.withStatelessTransaction(session -> store.locked(session, caller.accountId(), id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> OperationFaults.instanceNotFound(id))
                        .invoke(ViewedInstances::refuseUnrenewable)
                        .chain(instance -> store.renew(session, id, checked)))
                .invoke(instance -> LOG.infof(
                        "AccessKey %s (%s) renewed KMS instance %s, which expires: %s.",
                        caller.id(), caller.principal(), instance.instanceId(), instance.expiresAt()))
                .map(InstanceView::of);
    }

    /** @throws RpcFault InvalidParameter */
    static long checked(long days) {
        if (days < 1 || days > LONGEST) {
            throw OperationFaults.invalid("days", Long.toString(days), DAYS_RULE);
        }
        return days;
    }

    private static void refuseUnrenewable(KmsInstance instance) {
        if (instance.releasedAt() != null) {
            throw OperationFaults.instanceReleased(instance.instanceId());
        }
        if (instance.expiresAt() == null) {
            throw OperationFaults.instanceWithoutEnd(instance.instanceId());
        }
    }
}
