package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.keys.KeyStore;
import io.gyre.api.keys.SecretKey;
import io.gyre.api.ram.AuthorizationLink;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretType;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Makes a secret of any type with its first version. Of two credentials (a pair of RDS accounts, a RAM user's second
 * AccessKey) the first becomes ACSCurrent and the second, as a version of its own, ACSPrevious. The accounts of an Rds
 * secret are verified first.
 */
@ApplicationScoped
public class CreateSecret implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final KeyStore keys;
    private final SecretStore store;
    private final AccountVerification verification;
    private final RotationRole rotationRole;
    private final AuthorizationLink authorization;
    private final Installation installation;

    CreateSecret(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            KeyStore keys,
            SecretStore store,
            AccountVerification verification,
            RotationRole rotationRole,
            AuthorizationLink authorization,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.keys = keys;
        this.store = store;
        this.verification = verification;
        this.rotationRole = rotationRole;
        this.authorization = authorization;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "CreateSecret";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String versionId = VersionIds.required(request);
        return verified(request)
                .chain(() -> sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> create(session, request, versionId, now))))
                .onFailure(ConstraintViolationException.class)
                .recoverWithUni(collision -> refuseTakenMeanwhile(request, collision))
                .map(secret -> answer(secret, versionId));
    }

    /** Before the transaction that creates it: a look takes its time, and nothing is held meanwhile. */
    private Uni<Void> verified(RpcRequest request) {
        if (!verification.concerns(request)) {
            return Uni.createFrom().voidItem();
        }
        return sessions.withStatelessSession(
                        session -> calendar.now(session).chain(now -> valid(session, request, now)))
                .chain(verification::verify);
    }

    /**
     * What the request asks for, if it can be created as things stand. Nothing is, nor is a target looked at.
     *
     * @return fails with an {@link io.gyre.rpc.RpcFault} as the action does
     */
    Uni<NewSecret> acceptable(RpcRequest request) {
        return sessions.withStatelessSession(session -> calendar.now(session)
                .chain(now -> valid(session, request, now))
                .call(asked -> granted(session, asked))
                .call(() -> keys.requireForSecret(
                        session,
                        request.caller().accountId(),
                        request.optional("EncryptionKeyId"),
                        request.optional("DKMSInstanceId"))));
    }

    private Uni<NewSecret> valid(Mutiny.StatelessSession session, RpcRequest request, Moment now) {
        NewSecret asked = NewSecret.of(request, installation, now.calendar());
        return store.find(session, request.caller().accountId(), asked.arn().name())
                .invoke(CreateSecret::refuseTaken)
                .replaceWith(asked);
    }

    /** Of two calls with one name at once, the second: what it collided with is committed by now. */
    private Uni<Secret> refuseTakenMeanwhile(RpcRequest request, Throwable collision) {
        return sessions.withStatelessSession(
                        session -> calendar.now(session).chain(now -> valid(session, request, now)))
                .chain(() -> Uni.createFrom().failure(collision));
    }

    private Uni<Secret> create(Mutiny.StatelessSession session, RpcRequest request, String versionId, Moment now) {
        String account = request.caller().accountId();
        String instanceId = request.optional("DKMSInstanceId");
        return valid(session, request, now)
                .call(asked -> granted(session, asked))
                .chain(asked -> keys.forSecret(session, account, request.optional("EncryptionKeyId"), instanceId, now)
                        .chain(key -> insert(session, asked, key, instanceId, versionId, now)));
    }

    /** Of a RAM secret alone: nobody replaces AccessKeys of an account that has not consented. */
    private Uni<Void> granted(Mutiny.StatelessSession session, NewSecret asked) {
        if (asked.type() != SecretType.RAM) {
            return Uni.createFrom().voidItem();
        }
        return rotationRole
                .state(session, asked.arn().account())
                .invoke(state -> {
                    if (!state.granted()) {
                        throw KmsFaults.ramRoleNotFound(authorization.url());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Secret> insert(
            Mutiny.StatelessSession session,
            NewSecret asked,
            SecretKey key,
            @Nullable String instanceId,
            String versionId,
            Moment now) {
        Secret secret = asked.toEntity(key.key().keyId(), instanceId, now.calendar());
        Uni<Void> inserted = session.insert(secret)
                .chain(() -> addVersion(session, asked, secret, key, 0, versionId, SecretStage.CURRENT, now));
        if (asked.credentials().size() > 1) {
            inserted = inserted.chain(
                    () -> addVersion(session, asked, secret, key, 1, VersionIds.random(), SecretStage.PREVIOUS, now));
        }
        return inserted.chain(() -> store.tell(session, secret, SecretChanged.CREATED, versionId))
                .replaceWith(secret);
    }

    private Uni<Void> addVersion(
            Mutiny.StatelessSession session,
            NewSecret asked,
            Secret secret,
            SecretKey key,
            int credential,
            String versionId,
            String stage,
            Moment now) {
        return store.addVersion(
                        session,
                        secret,
                        key,
                        versionId,
                        asked.dataType(),
                        asked.credentials().get(credential),
                        false,
                        now.calendar())
                .chain(() -> store.label(session, secret, stage, versionId));
    }

    private static void refuseTaken(@Nullable Secret found) {
        if (found != null) {
            throw found.deletionPlannedAt() == null ? KmsFaults.secretExists() : KmsFaults.nameInDeleteWindow();
        }
    }

    private static ObjectNode answer(Secret secret, String versionId) {
        ObjectNode answer = WireJson.answer()
                .put("Arn", secret.arn())
                .put("SecretName", secret.name())
                .put("VersionId", versionId)
                .put("SecretType", secret.type().wireName());
        SecretView.describeInstance(answer, secret);
        SecretView.describeRotation(answer, secret);
        SecretView.describeConfig(answer, secret.extendedConfig());
        return answer;
    }
}
