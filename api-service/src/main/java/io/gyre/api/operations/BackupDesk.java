package io.gyre.api.operations;

import io.gyre.api.backup.InstanceBackups;
import io.gyre.api.backup.InstanceBackups.Outcome;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The operations BackUpInstance and RestoreInstance, for the operations API and for the console. */
@ApplicationScoped
public class BackupDesk {
    private static final Logger LOG = Logger.getLogger(BackupDesk.class);

    private static final int NAME_LIMIT = 128;
    private static final int SHORTEST_PASSPHRASE = 16;
    private static final int LONGEST_PASSPHRASE = 128;

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final InstanceStore store;
    private final InstanceBackups backups;

    BackupDesk(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            InstanceStore store,
            InstanceBackups backups) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.backups = backups;
    }

    /**
     * All keys and secrets of an instance as of one moment.
     *
     * @param passphrase what the file is to be sealed under
     * @return fails with an {@link RpcFault}: InstanceNotFound, NothingToBackUp, BackupTooLarge
     */
    public Uni<InstanceBackups.Taken> backUp(AccessKey caller, String id, @Nullable String passphrase) {
        SecretText checked = passphrase(passphrase);
        return sessions.withStatelessTransaction(session -> store.kept(session, caller.accountId(), id)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.instanceNotFound(id))
                .invoke(BackupDesk::refuseReleased)
                .chain(instance -> backups.take(session, instance, checked)
                        .map(taken -> taken.orElseThrow(() -> OperationFaults.backupTooLarge(
                                instance.instanceId(), InstanceBackups.LARGEST_FILE / (1024 * 1024))))
                        .invoke(taken -> tell(caller, "took a backup of", instance))));
    }

    /**
     * Everything of a backup in a new instance, or nothing.
     *
     * @param name of the instance; as it was called where it is empty
     * @param days of the calendar until it expires; null where it does not end
     * @return fails with an {@link RpcFault}: BackupUnreadable, BackupForeign, RestoreInTheWay
     */
    public Uni<Outcome.Restored> restore(
            AccessKey caller, byte[] file, @Nullable String passphrase, @Nullable String name, @Nullable Long days) {
        SecretText checked = passphrase(passphrase);
        String named = checkedName(name);
        Long life = days == null ? null : ViewedInstances.checked(days);
        return backups.open(file, checked)
                .map(content -> content.orElseThrow(OperationFaults::backupUnreadable))
                .chain(content -> sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> backups.restore(session, caller.accountId(), content, named, life, now))))
                .map(BackupDesk::restored)
                .invoke(restored -> tell(caller, "restored a backup into", restored.instance()));
    }

    private static Outcome.Restored restored(Outcome outcome) {
        if (outcome instanceof Outcome.Foreign foreign) {
            throw OperationFaults.backupForeign(foreign.region(), foreign.account(), foreign.format());
        }
        if (outcome instanceof Outcome.InTheWay other) {
            throw OperationFaults.restoreInTheWay(other.what());
        }
        return (Outcome.Restored) outcome;
    }

    private static SecretText passphrase(@Nullable String given) {
        String rule = "give one of " + SHORTEST_PASSPHRASE + " to " + LONGEST_PASSPHRASE + " characters.";
        if (given == null) {
            throw OperationFaults.missing("passphrase", rule);
        }
        if (given.length() < SHORTEST_PASSPHRASE || given.length() > LONGEST_PASSPHRASE) {
            throw OperationFaults.invalid("passphrase", "(" + given.length() + " characters)", rule);
        }
        return SecretText.of(given);
    }

    /** @throws RpcFault InvalidParameter */
    static String checkedName(@Nullable String given) {
        String name = given == null ? "" : given;
        if (!name.isEmpty() && !PlainText.isName(name, NAME_LIMIT)) {
            throw OperationFaults.invalid("name", name, "it must have at most " + NAME_LIMIT + " characters.");
        }
        return name;
    }

    private static void refuseReleased(KmsInstance instance) {
        if (instance.releasedAt() != null) {
            throw OperationFaults.nothingToBackUp(instance.instanceId());
        }
    }

    /** For the log; the audit log is told by whoever calls. */
    static void tell(AccessKey caller, String done, KmsInstance instance) {
        LOG.infof(
                "AccessKey %s (%s) %s KMS instance %s, which expires: %s.",
                caller.id(), caller.principal(), done, instance.instanceId(), instance.expiresAt());
    }
}
