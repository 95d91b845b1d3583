package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.accesspoints.PointPrincipal;
import io.gyre.api.wire.Dialect;
import io.gyre.api.wire.Guard;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.HttpAnswer;
import io.gyre.rpc.HttpCall;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcHangUp;
import io.gyre.rpc.RpcRequest;
import io.gyre.rpc.Undisclosed;
import io.gyre.secret.SecretText;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * From a message as it came to an answer as the SDKs of KMS instances read it: finds out which client key signed what, calls
 * the action of KMS that it stands for, as that key's access point. The protocol has no nonce, and the SDKs sign the same
 * call twice within a second alike, so that whoever could break TLS could repeat a call for 15 minutes: none changes anything.
 */
@ApplicationScoped
class InstanceGateway implements Dialect {
    static final String VERSION = "dkms-gcs-0.2";

    private static final Logger LOG = Logger.getLogger(InstanceGateway.class);
    private static final String MEDIA_TYPE = "application/x-protobuf";

    /** Where the clients that take the place of others look for a key's version. */
    private static final String KEY_VERSION_ID = "x-kms-migrationkeyversionid";

    private final Map<String, RpcAction> actions;
    private final ClientKeys keys;
    private final RefusedCalls refusals;
    private final InstantSource clock;

    InstanceGateway(
            @All @Default List<RpcAction> kms,
            @All @OfInstances List<RpcAction> own,
            Guard guard,
            ClientKeys keys,
            RefusedCalls refusals,
            InstantSource clock) {
        this.actions = Stream.concat(kms.stream(), own.stream())
                .map(guard::before)
                .collect(Collectors.toUnmodifiableMap(RpcAction::name, Function.identity()));
        this.keys = keys;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public boolean isSpokenIn(HttpCall call) {
        String type = call.header("content-type");
        return type != null && type.startsWith(MEDIA_TYPE);
    }

    @Override
    public Uni<HttpAnswer> answer(HttpCall call, Executor context) {
        Exchange exchange = new Exchange(call);
        return Uni.createFrom()
                .deferred(() -> exchange.perform(context))
                .onFailure(failure -> !(failure instanceof RpcHangUp))
                .recoverWithUni(failure -> exchange.failed(failure, context));
    }

    /** One request on its way, and what is known of it when it fails. */
    private final class Exchange {
        private final HttpCall call;
        private final String requestId = UUID.randomUUID().toString();
        private boolean dispatched;

        Exchange(HttpCall call) {
            this.call = call;
        }

        Uni<HttpAnswer> perform(Executor context) {
            if (!call.path().equals("/")) {
                throw GatewayFaults.unknownPath(call.path());
            }
            if (!call.method().equals("POST")) {
                throw GatewayFaults.unsupportedMethod(call.method());
            }
            LoginClaim claim = new LoginClaim(call);
            claim.verifyProtocol();
            claim.verifyDate(clock.instant());
            claim.verifyBody();
            return keys.find(claim.clientKeyId())
                    .emitOn(context)
                    .map(known -> verified(claim, known))
                    .flatMap(caller -> dispatch(claim.apiName(), caller))
                    .emitOn(context);
        }

        private Uni<HttpAnswer> dispatch(String apiName, AccessKey caller) {
            GatewayApi api = GatewayApi.named(apiName).orElseThrow(InstanceFaults::invalidApiName);
            SortedMap<String, String> fields = Messages.parameters(apiName, call.body());
            String action = api.action(fields);
            RpcRequest request = new RpcRequest(
                    "Kms",
                    action,
                    VERSION,
                    api.parameters(fields),
                    caller,
                    requestId,
                    call.sourceAddress(),
                    call.secure(),
                    call.traceParent());
            dispatched = true;
            return Objects.requireNonNull(actions.get(action), action)
                    .perform(request)
                    .map(answer -> success(api, fields, answer.put("RequestId", requestId)));
        }

        private HttpAnswer success(GatewayApi api, SortedMap<String, String> fields, ObjectNode answer) {
            String version = answer.path("KeyVersionId").asText("");
            return new HttpAnswer(
                    200,
                    MEDIA_TYPE,
                    version.isEmpty() ? Map.of() : Map.of(KEY_VERSION_ID, version),
                    Messages.response(api.apiName(), api.answer(answer, fields)));
        }

        Uni<HttpAnswer> failed(Throwable failure, Executor context) {
            RpcFault fault = failure instanceof RpcFault refusal ? refusal : internal(failure);
            HttpAnswer answer = new HttpAnswer(fault.status(), MEDIA_TYPE, Map.of(), Messages.error(fault, requestId));
            return dispatched
                    ? Uni.createFrom().item(answer)
                    : told(fault).emitOn(context).replaceWith(answer);
        }

        /** What is called that is nothing may be anything, a secret too. */
        private Uni<Void> told(RpcFault fault) {
            String apiName = LoginClaim.apiName(call);
            String known = apiName == null
                    ? null
                    : GatewayApi.named(apiName).map(GatewayApi::action).orElse(null);
            return refusals.refused(
                            new RefusedCalls.RefusedCall(
                                    LoginClaim.clientKeyId(call), VERSION, known, requestId, call.sourceAddress()),
                            fault)
                    .onFailure()
                    .recoverWithNull();
        }

        private RpcFault internal(Throwable failure) {
            LOG.error("Request " + requestId + " of a client key failed", Undisclosed.of(failure));
            return GatewayFaults.internal(requestId);
        }
    }

    private AccessKey verified(LoginClaim claim, ClientKeys.@Nullable Known known) {
        if (known == null) {
            throw InstanceFaults.unauthorized();
        }
        claim.verifySignature(known.publicKey());
        // Only whoever holds the key learns that its time has passed.
        if (!known.isValid(clock.instant())) {
            throw InstanceFaults.unauthorized();
        }
        return new AccessKey(
                known.id(), SecretText.of(""), true, known.accountId(), PointPrincipal.of(known.accessPoint()));
    }
}
