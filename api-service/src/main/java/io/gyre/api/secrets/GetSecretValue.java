package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.DryRun;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Hands out a value: by stage label, or for Generic secrets also by version. A pending version is never found. */
@ApplicationScoped
public class GetSecretValue implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final VersionLookup lookup;
    private final ValueAnswers answers;
    private final Installation installation;

    GetSecretValue(
            Mutiny.SessionFactory sessions, VersionLookup lookup, ValueAnswers answers, Installation installation) {
        this.sessions = sessions;
        this.lookup = lookup;
        this.answers = answers;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "GetSecretValue";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        WantedValue wanted = WantedValue.of(request, SecretNames.existing(request, installation));
        String account = request.caller().accountId();
        return sessions.withStatelessSession(session -> wanted.versionId() == null
                        ? labelled(session, account, wanted)
                        : meant(session, account, wanted))
                .map(found -> answers.of(found, wanted.fetchConfig()));
    }

    /** Nearly every call gives a label or nothing: one lean statement, and a second one only to say what is wrong. */
    private Uni<FoundVersion> labelled(Mutiny.StatelessSession session, String account, WantedValue wanted) {
        return lookup.labelled(session, account, wanted.name(), wanted.label())
                .chain(found -> found == null
                        ? meant(session, account, wanted)
                        : Uni.createFrom().item(found).invoke(value -> wanted.checkAllowed(value.secret())));
    }

    private Uni<FoundVersion> meant(Mutiny.StatelessSession session, String account, WantedValue wanted) {
        return lookup.meant(session, account, List.of(wanted)).map(secrets -> {
            ReadableSecret secret = secrets.get(wanted.name());
            if (secret == null) {
                throw KmsFaults.secretNotFound();
            }
            return secret.pick(wanted);
        });
    }
}
