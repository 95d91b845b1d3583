package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.OffLoop;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Makes a key in software, symmetric or a key pair. The other specifications that the API knows are understood and refused: nothing
 * that was asked for is left out in silence.
 */
@ApplicationScoped
public class CreateKey implements RpcAction {
    /** What each parameter may be, by the API; Gyre has the first of each, and the key pairs of {@link KeyPairSpec}. */
    static final List<String> KEY_SPECS = List.of(
            "Aliyun_AES_256", "Aliyun_SM4", "RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K", "EC_SM2");

    static final List<String> KEY_USAGES = List.of(KmsKey.ENCRYPT_DECRYPT, KmsKey.SIGN_VERIFY);
    static final List<String> PROTECTION_LEVELS = List.of("SOFTWARE", "HSM");
    private static final List<String> ORIGINS = List.of("Aliyun_KMS", "EXTERNAL");

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

    /**
     * The key as it is asked for.
     *
     * @param pair none for a symmetric key
     * @param instanceId none for KMS 1.0
     * @param interval of its rotation; none where it is not to be rotated by itself
     * @param policy none where the default one is to hold
     */
    private record Asked(
            @Nullable KeyPairSpec pair,
            String usage,
            String description,
            Tags tags,
            @Nullable String instanceId,
            @Nullable Duration interval,
            @Nullable String policy) {
        String spec() {
            return pair == null ? KEY_SPECS.get(0) : pair.name();
        }
    }

    @Override
    public String name() {
        return "CreateKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        Asked asked = asked(request);
        String account = request.caller().accountId();
        return material(asked.pair())
                .chain(material -> sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> instance(session, account, asked, now)
                                .chain(instance -> keys.insert(session, fresh(instance, asked, material, now))))))
                .map(key -> KeyMetadata.atCreation(key, installation));
    }

    private Uni<KmsInstance> instance(Mutiny.StatelessSession session, String account, Asked asked, Moment now) {
        return asked.instanceId() == null
                ? instances.shared(session, account, now)
                : instances.named(session, account, asked.instanceId());
    }

    /** Empty for a symmetric key, whose material is but random. */
    private static Uni<Optional<byte[]>> material(@Nullable KeyPairSpec pair) {
        return pair == null
                ? Uni.createFrom().item(Optional.empty())
                : OffLoop.compute(() -> Optional.of(OpenedPair.material(pair.generate())));
    }

    private KmsKey fresh(KmsInstance instance, Asked asked, Optional<byte[]> material, Moment now) {
        String creator = instance.accountId();
        KmsKey key = material.map(pair -> keys.fresh(instance, asked.description(), creator, pair, now))
                .orElseGet(() -> keys.fresh(instance, asked.description(), creator, now))
                .ofKind(asked.spec(), asked.usage())
                .tagged(asked.tags().toJson())
                .governedBy(asked.policy());
        return asked.interval() == null ? key : key.rotatedEvery(asked.interval());
    }

    /** @throws RpcFault MissingParameter, InvalidParameter, UnsupportedOperation or Forbidden.KeyPolicyUnSupported */
    private static Asked asked(RpcRequest request) {
        KeyPairSpec pair = KeyPairSpec.named(request.text("KeySpec")).orElse(null);
        if (pair == null) {
            checkWord(request, "KeySpec", KEY_SPECS);
        }
        String usage = usage(request, pair == null ? List.of(KmsKey.ENCRYPT_DECRYPT) : pair.usages());
        checkWord(request, "Origin", ORIGINS);
        checkWord(request, "ProtectionLevel", PROTECTION_LEVELS);
        String instanceId = request.optional("DKMSInstanceId");
        boolean rotated = request.flag("EnableAutomaticRotation", false);
        if (rotated && pair != null) {
            throw KmsFaults.unsupported();
        }
        return new Asked(
                pair,
                usage,
                PlainText.description(request.text("Description"), KeyRules.DESCRIPTION_LIMIT),
                Tags.given(request.text("Tags")),
                instanceId,
                rotated ? KeyRules.rotationInterval(request) : null,
                policy(request, instanceId));
    }

    /** @throws RpcFault InvalidParameter where no key of this kind is for that */
    private static String usage(RpcRequest request, List<String> usages) {
        String given = request.optional("KeyUsage");
        if (given != null && !usages.contains(given)) {
            throw KmsFaults.invalid(
                    "KeyUsage", "for this KeySpec it must be " + String.join(" or ", usages) + ", or nothing.");
        }
        return given == null ? usages.get(0) : given;
    }

    /** @throws RpcFault InvalidParameter for what the API does not know, UnsupportedOperation for what Gyre has not */
    private static void checkWord(RpcRequest request, String parameter, List<String> words) {
        String value = request.optional(parameter);
        if (value == null || value.equals(words.get(0))) {
            return;
        }
        throw words.contains(value)
                ? KmsFaults.unsupported()
                : KmsFaults.invalid(parameter, "it must be one of " + String.join(", ", words) + ".");
    }

    private static @Nullable String policy(RpcRequest request, @Nullable String instanceId) {
        String policy = request.optional("Policy");
        if (policy == null) {
            return null;
        }
        if (instanceId == null) {
            throw KmsFaults.policyUnsupported();
        }
        ResourcePolicy.check(policy);
        return policy;
    }
}
