package io.gyre.api.rootkey;

import io.gyre.api.wire.Apart;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKeyId;
import io.gyre.envelope.RootKeyNames;
import io.gyre.envelope.RootKeys;
import io.gyre.start.StartRefusal;
import io.quarkus.runtime.Quarkus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This process among those of the installation: at its start it must have been given the root keys that something is sealed
 * under; from then on it tells that it is there, and learns which key is current.
 */
@ApplicationScoped
public class RootKeyPresence {
    private static final Logger LOG = Logger.getLogger(RootKeyPresence.class);

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final RootKeyStore store;
    private final Envelope envelope;
    private final RootKeys keys;
    private final UUID process = UUID.randomUUID();
    private final String name = Optional.ofNullable(System.getenv("HOSTNAME"))
                    .filter(host -> !host.isEmpty())
                    .orElse("this host")
            + ", pid " + ProcessHandle.current().pid();
    private long timer = -1;

    RootKeyPresence(Vertx vertx, Mutiny.SessionFactory sessions, RootKeyStore store, Envelope envelope) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.store = store;
        this.envelope = envelope;
        this.keys = envelope.roots();
    }

    /**
     * Before anything is sealed or opened. To be called by one process of the installation at a time.
     *
     * @return fails with a {@link StartRefusal} where this process was not given a root key that it needs
     */
    public Uni<Void> begin() {
        return sessions.withStatelessTransaction(session -> note(session, null)
                        .chain(noted -> noted != null
                                ? Uni.createFrom().item(noted)
                                : first(session).call(names -> store.found(session, names)))
                        .invoke(this::refuseWithoutCurrent)
                        .call(names -> store.amounts(session).invoke(this::refuseWithoutThoseInUse)))
                .invoke(keys::told)
                .replaceWithVoid();
    }

    /** From here on, it tells of itself. */
    public void start() {
        timer = vertx.setPeriodic(TELL_EVERY.toMillis(), tick -> Apart.run(vertx, this::tell)
                .subscribe()
                .with(told -> {}, failure -> LOG.debug("Not told.", failure)));
    }

    /** What it seals sessions under from now on is what the database says now. */
    public Uni<Void> tell() {
        return sessions.withStatelessTransaction(
                        session -> note(session, keys.names().current()))
                .onItem()
                .ifNotNull()
                .invoke(this::learn)
                .replaceWithVoid();
    }

    /** A rotation need not wait until it counts as ended. */
    public Uni<Void> end() {
        vertx.cancelTimer(timer);
        return sessions.withStatelessTransaction(session -> store.forget(session, process))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<@Nullable RootKeyNames> note(Mutiny.StatelessSession session, @Nullable RootKeyId sealing) {
        return store.note(session, process, name, keys.ids(), sealing);
    }

    private void learn(RootKeyNames said) {
        if (keys.knows(said.current())) {
            keys.told(said);
        } else {
            LOG.errorf(
                    "The root key was rotated to %s while this process was not heard of, and it was given %s alone: it ends."
                            + " Start it with that key.",
                    said.current(), keys.ids());
            Quarkus.asyncExit(1);
        }
    }

    /** What an installation has that was never started with names: nothing, or what one of these keys opens. */
    private Uni<RootKeyNames> first(Mutiny.StatelessSession session) {
        return store.unnamedInstance(session)
                .chain(instance -> store.unnamedAccessKey(session).map(key -> {
                    List<Optional<RootKeyId>> openers = List.of(
                            instance.map(found -> opener(envelope.openerOfInstanceKey(found.id(), found.sealed()))),
                            key.map(found -> opener(envelope.openerOfAccessKey(found.id(), found.sealed()))));
                    Optional<RootKeyId> unnamed =
                            openers.stream().flatMap(Optional::stream).findFirst();
                    return new RootKeyNames(unnamed.orElse(keys.ids().get(0)), unnamed);
                }));
    }

    private RootKeyId opener(Optional<RootKeyId> opener) {
        return opener.orElseThrow(
                () -> new StartRefusal("What is in this database was sealed under another root key than " + given()
                        + ": give the one that the installation was made with."));
    }

    private void refuseWithoutCurrent(RootKeyNames names) {
        if (!keys.knows(names.current())) {
            throw new StartRefusal("The current root key of this installation is " + names.current()
                    + ", and this process was given " + given() + " alone: give it that one.");
        }
    }

    private void refuseWithoutThoseInUse(List<SealedAmount> amounts) {
        for (SealedAmount amount : amounts) {
            if (!keys.knows(amount.under())) {
                throw new StartRefusal(amount.instances() + " keys of KMS instances, " + amount.accessKeys()
                        + " AccessKeys, " + amount.auditKeys() + " keys of the audit log and " + amount.webhookSecrets()
                        + " secrets of webhooks are sealed under root key "
                        + amount.under() + ", and this process was given " + given()
                        + " alone: give it that one too, until ./gyre root-key says that it may be taken away.");
            }
        }
    }

    private String given() {
        return String.join(" and ", keys.ids().stream().map(RootKeyId::hex).toList());
    }
}
