package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Makes a symmetric key in software. The other specifications that the API knows are understood and refused, and so is
 * what a key cannot have here (a policy, tags, a rotation of its own): nothing that was asked for is left out in
 * silence.
 */
@ApplicationScoped
public class CreateKey implements RpcAction {
    private static final int DESCRIPTION_LIMIT = 8192;

    /** What each parameter may be, by the API; the first of each is what Gyre has. */
    private static final Map<String, String[]> WORDS = Map.of(
            "KeySpec",
                    new String[] {
                        "Aliyun_AES_256",
                        "Aliyun_SM4",
                        "RSA_2048",
                        "RSA_3072",
                        "RSA_4096",
                        "EC_P256",
                        "EC_P256K",
                        "EC_SM2"
                    },
            "KeyUsage", new String[] {"ENCRYPT/DECRYPT", "SIGN/VERIFY"},
            "Origin", new String[] {"Aliyun_KMS", "EXTERNAL"},
            "ProtectionLevel", new String[] {"SOFTWARE", "HSM"});

    private static final Set<String> ABSENT = Set.of("Policy", "Tags");

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final InstanceStore instances;
    private final KeyStore keys;
    private final Installation installation;

    CreateKey(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            InstanceStore instances,
            KeyStore keys,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.instances = instances;
        this.keys = keys;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "CreateKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        validate(request);
        String description = PlainText.description(request.text("Description"), DESCRIPTION_LIMIT);
        return sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> instance(session, request, now)
                                .chain(instance -> keys.create(session, instance, description, now))))
                .map(key -> KeyMetadata.answer(key, installation));
    }

    private Uni<KmsInstance> instance(Mutiny.StatelessSession session, RpcRequest request, Moment now) {
        String account = request.caller().accountId();
        String named = request.text("DKMSInstanceId");
        return named == null || named.isEmpty()
                ? instances.shared(session, account, now)
                : instances.named(session, account, named);
    }

    /** @throws RpcFault InvalidParameter for what the API does not know, UnsupportedOperation for what Gyre has not */
    private static void validate(RpcRequest request) {
        WORDS.forEach((parameter, words) -> {
            String value = request.text(parameter);
            if (value != null && !value.isEmpty() && !value.equals(words[0])) {
                if (Set.of(words).contains(value)) {
                    throw KmsFaults.unsupported();
                }
                throw KmsFaults.invalid(parameter, "it must be one of " + String.join(", ", words) + ".");
            }
        });
        boolean absentAsked = ABSENT.stream().map(request::text).anyMatch(value -> value != null && !value.isEmpty());
        if (absentAsked || request.flag("EnableAutomaticRotation", false)) {
            throw KmsFaults.unsupported();
        }
    }
}
