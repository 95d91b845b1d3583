package io.gyre.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a request as it came to an answer as the SDKs read it: finds out who signed what, refuses all else, calls the
 * one action that was signed.
 */
public final class RpcGateway implements HttpGateway {
    private static final Logger LOG = System.getLogger(RpcGateway.class.getName());
    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final Map<String, RpcApi> apis;
    private final CallerCheck callers;
    private final RefusedCalls refusals;

    /**
     * @param apis no two with one version: a request names the version alone
     * @param clock the operational clock, against which signatures expire
     * @param refusals is told of what comes to no action; what comes to one is the action's to tell
     */
    public RpcGateway(
            List<RpcApi> apis, AccessKeys keys, UsedNonces nonces, InstantSource clock, RefusedCalls refusals) {
        this.apis = apis.stream().collect(Collectors.toUnmodifiableMap(RpcApi::version, Function.identity()));
        this.callers = new CallerCheck(keys, nonces, clock);
        this.refusals = refusals;
    }

    @Override
    public Uni<HttpAnswer> answer(HttpCall call, Executor context) {
        Exchange exchange = new Exchange(call);
        return Uni.createFrom()
                .deferred(() -> exchange.perform(context))
                .onFailure(failure -> !(failure instanceof RpcHangUp))
                .recoverWithUni(failure -> exchange.failed(failure, context));
    }

    /** A refusal of the HTTP layer, where there is no readable request. */
    static HttpAnswer refusal(RpcFault fault, String hostId) {
        return RpcAnswer.failure(RpcAnswer.Format.JSON, fault, newRequestId(), hostId);
    }

    private static String newRequestId() {
        return UUID.randomUUID().toString();
    }

    /** One request on its way, and what is known of it when it fails. */
    private final class Exchange {
        private final HttpCall call;
        private final String requestId = newRequestId();
        private RpcAnswer.Format format = RpcAnswer.Format.JSON;
        private String action = "of an unread request";
        private @Nullable SignatureClaim claim;
        private boolean dispatched;

        Exchange(HttpCall call) {
            this.call = call;
        }

        Uni<HttpAnswer> perform(Executor context) {
            if (!call.path().equals("/")) {
                throw GatewayFaults.unknownPath(call.path());
            }
            if (!METHODS.contains(call.method())) {
                throw GatewayFaults.unsupportedMethod(call.method());
            }
            CallParameters parameters = CallParameters.of(call);
            format = RpcAnswer.Format.of(parameters.merged());
            SignatureClaim made = SignatureClaim.of(call, parameters);
            claim = made;
            return callers.caller(made, context)
                    .flatMap(caller -> dispatch(parameters, made, caller))
                    .emitOn(context)
                    .map(answer -> RpcAnswer.success(format, action, answer, requestId));
        }

        private Uni<ObjectNode> dispatch(CallParameters parameters, SignatureClaim made, AccessKey caller) {
            RpcApi api = apis.get(made.version());
            if (api == null) {
                throw GatewayFaults.invalidVersion(made.version(), String.join(" or ", new TreeSet<>(apis.keySet())));
            }
            RpcAction called = api.action(made.action());
            if (called == null) {
                throw GatewayFaults.unknownAction(made.action());
            }
            action = called.name();
            dispatched = true;
            return called.perform(new RpcRequest(
                    api.product(),
                    called.name(),
                    api.version(),
                    parameters.merged(),
                    caller,
                    requestId,
                    call.sourceAddress(),
                    call.secure(),
                    call.traceParent()));
        }

        Uni<HttpAnswer> failed(Throwable failure, Executor context) {
            RpcFault fault = failure instanceof RpcFault refusal ? refusal : internal(failure);
            String host = call.header("host");
            HttpAnswer answer = RpcAnswer.failure(format, fault, requestId, host == null ? "" : host);
            return dispatched
                    ? Uni.createFrom().item(answer)
                    : told(fault, context).replaceWith(answer);
        }

        private Uni<Void> told(RpcFault fault, Executor context) {
            SignatureClaim known = claim;
            return refusals.refused(
                            new RefusedCalls.RefusedCall(
                                    known == null ? null : known.accessKeyId(),
                                    known == null ? null : version(known),
                                    known == null ? null : action(known),
                                    requestId,
                                    call.sourceAddress()),
                            fault)
                    .onFailure()
                    .recoverWithNull()
                    .emitOn(context);
        }

        /** What is asked for that is no version or action may be anything, a secret too. */
        private @Nullable String version(SignatureClaim made) {
            return apis.containsKey(made.version()) ? made.version() : null;
        }

        private @Nullable String action(SignatureClaim made) {
            RpcApi api = apis.get(made.version());
            return api == null || api.action(made.action()) == null ? null : made.action();
        }

        private RpcFault internal(Throwable failure) {
            LOG.log(Level.ERROR, "Action " + action + " failed in request " + requestId, Undisclosed.of(failure));
            return GatewayFaults.internal(requestId);
        }
    }
}
