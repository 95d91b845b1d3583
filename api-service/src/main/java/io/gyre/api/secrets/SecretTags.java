package io.gyre.api.secrets;

import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.tags.TaggedResources;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcFault;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** The tags of secrets, also while they are rotated or planned for deletion. */
@ApplicationScoped
class SecretTags implements TaggedResources {
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    SecretTags(InstallationCalendar calendar, SecretStore store, Installation installation) {
        this.calendar = calendar;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String resourceType() {
        return "secret";
    }

    @Override
    public String nameParameter() {
        return "SecretName";
    }

    @Override
    public Uni<String> id(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return Uni.createFrom().item(() -> SecretNames.named(parameter, name, account, installation));
    }

    @Override
    public Uni<Boolean> change(
            Mutiny.StatelessSession session, String account, String name, UnaryOperator<Tags> change) {
        return store.lockedIfThere(session, account, name)
                .chain(found -> found == null
                        ? Uni.createFrom().item(false)
                        : change(session, found, change).replaceWith(true));
    }

    private Uni<Void> change(Mutiny.StatelessSession session, Secret secret, UnaryOperator<Tags> change) {
        String tags = change.apply(Tags.stored(secret.tags())).toJson();
        return calendar.now(session)
                .chain(now -> session.update(secret.tagged(tags).updated(now.calendar())))
                .chain(() -> store.tell(session, secret, SecretChanged.TAGGED, null));
    }

    @Override
    public RpcFault notFound() {
        return KmsFaults.secretNotFound();
    }
}
