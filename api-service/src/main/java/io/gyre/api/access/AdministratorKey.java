package io.gyre.api.access;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.ram.Identifiers;
import io.gyre.api.ram.Principals;
import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.gyre.start.StartRefusal;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * The account's first AccessKey, made by the very first start and handed to the operator in a file. The file is written
 * before the key is committed: a start that dies in between leaves a file that opens nothing, and the next start writes
 * it anew.
 */
@ApplicationScoped
public class AdministratorKey {
    private static final Logger LOG = Logger.getLogger(AdministratorKey.class);

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final CurrentRootKey rootKey;
    private final Envelope envelope;
    private final Installation installation;

    AdministratorKey(
            Vertx vertx,
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            CurrentRootKey rootKey,
            Envelope envelope,
            Installation installation) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.calendar = calendar;
        this.rootKey = rootKey;
        this.envelope = envelope;
        this.installation = installation;
    }

    /**
     * Makes the key where the account has none. To be called by one process of the installation at a time.
     *
     * @return fails with a {@link StartRefusal} where a key is to be made and the file cannot be written
     */
    public Uni<Void> makeOnFirstStart() {
        return sessions.withStatelessSession(session -> session.createSelectionQuery(
                                "select count(*) from StoredAccessKey"
                                        + " where accountId = :account and principal = :principal",
                                Long.class)
                        .setParameter("account", installation.account())
                        .setParameter("principal", Principals.ROOT)
                        .getSingleResult())
                .chain(keys -> keys > 0 ? Uni.createFrom().voidItem() : make());
    }

    private Uni<Void> make() {
        Path file = installation
                .administratorKeyFile()
                .orElseThrow(() -> new StartRefusal("This account has no AccessKey yet: name a file with"
                        + " GYRE_ADMINISTRATOR_KEY_FILE, where the first one is written."));
        String id = Identifiers.accessKeyId();
        SecretText secret = Identifiers.accessKeySecret();
        return write(new KeyFile(file), id, secret)
                .chain(() -> sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> rootKey.forSealing(session)
                                .chain(under -> session.insert(new StoredAccessKey(
                                        id,
                                        installation.account(),
                                        Principals.ROOT,
                                        envelope.sealAccessKey(under, id, secret),
                                        now.calendar()))))))
                .invoke(() -> LOG.infof(
                        "Made the account's first AccessKey; it lies in %s, which only its owner can read.", file));
    }

    /** Waits for the disk, so not on an event loop; completes on the context where it was called. */
    private Uni<Void> write(KeyFile file, String id, SecretText secret) {
        Callable<Void> write = () -> {
            file.write(id, secret);
            return null;
        };
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(write).toCompletionStage());
    }
}
