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
    private final LabelledReads reads;
    private final VersionLookup lookup;
    private final ValueAnswers answers;
    private final Installation installation;

    GetSecretValue(
            Mutiny.SessionFactory sessions,
            LabelledReads reads,
            VersionLookup lookup,
            ValueAnswers answers,
            Installation installation) {
        this.sessions = sessions;
        this.reads = reads;
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
        Uni<FoundVersion> found = wanted.versionId() == null ? labelled(account, wanted) : meant(account, wanted);
        return found.map(version -> answers.of(version, wanted.fetchConfig()));
    }

    /** Nearly every call gives a label or nothing: one lean statement, and a second one only to say what is wrong. */
    private Uni<FoundVersion> labelled(String account, WantedValue wanted) {
        return reads.find(account, wanted.name(), wanted.label())
                .chain(found -> found == null
                        ? meant(account, wanted)
                        : Uni.createFrom().item(found));
    }

    private Uni<FoundVersion> meant(String account, WantedValue wanted) {
        return sessions.withStatelessSession(session -> lookup.meant(session, account, List.of(wanted)))
                .map(secrets -> {
                    ReadableSecret secret = secrets.get(wanted.name());
                    if (secret == null) {
                        throw KmsFaults.secretNotFound();
                    }
                    return secret.pick(wanted);
                });
    }
}
