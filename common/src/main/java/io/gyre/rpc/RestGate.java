package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who signed a REST request. Method, path, query, the named headers and the body are signed by
 * ACS3-HMAC-SHA256, as Alibaba Cloud's REST-style APIs have it; the keys are those of the RPC gateway.
 */
public final class RestGate {
    private final CallerCheck callers;
    private final RefusedCalls refusals;
    private final BodyGate bodies = new BodyGate();

    /**
     * @param clock the operational clock, against which signatures expire
     * @param refusals is told of what is not admitted
     */
    public RestGate(AccessKeys keys, UsedNonces nonces, InstantSource clock, RefusedCalls refusals) {
        this.callers = new CallerCheck(keys, nonces, clock);
        this.refusals = refusals;
    }

    /** A request with a right signature. Its body may hold secrets, so it does not print it. */
    public record Admitted(AccessKey caller, Buffer body) {
        @Override
        public String toString() {
            return "Admitted[" + caller.id() + ", " + body.length() + " bytes]";
        }
    }

    /**
     * Reads the request to its end. To be called before anything else has read of it.
     *
     * @param requestId by which the answer names it
     * @param bodyLimit in bytes
     * @param context where the answer arrives, and where the request is read
     * @return fails with an {@link RpcFault}: a body that is too large or whose end is unclear, a signature that is
     *     missing, wrong or expired; nothing, with the connection closed, for what came behind such a body
     */
    public Uni<Admitted> admit(HttpServerRequest request, String requestId, int bodyLimit, Executor context) {
        AtomicReference<@Nullable String> signer = new AtomicReference<>();
        return bodies.read(request, bodyLimit)
                .chain(body -> {
                    SignatureClaim claim = SignatureClaim.ofRest(Responses.call(request, body));
                    signer.set(claim.accessKeyId());
                    return callers.caller(claim, context).map(caller -> new Admitted(caller, Buffer.buffer(body)));
                })
                .onFailure(RpcFault.class)
                .call(fault -> told(request, requestId, signer.get(), fault).emitOn(context));
    }

    /**
     * Refuses one of which nothing is to be read.
     *
     * @param context where the refusal arrives
     * @return fails with the fault, once it is told
     */
    public Uni<Admitted> refuse(HttpServerRequest request, String requestId, RpcFault fault, Executor context) {
        return told(request, requestId, null, fault).emitOn(context).chain(() -> Uni.createFrom()
                .failure(fault));
    }

    private Uni<Void> told(HttpServerRequest request, String requestId, @Nullable String signer, RpcFault fault) {
        return refusals.refused(
                        new RefusedCalls.RefusedCall(
                                signer,
                                null,
                                request.method() + " " + request.path(),
                                requestId,
                                request.remoteAddress().hostAddress()),
                        fault)
                .onFailure()
                .recoverWithNull();
    }
}
