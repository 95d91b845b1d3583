package io.gyre.rpc;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Serves a gateway over HTTP, apart from any framework's HTTP layer: request lines carry secrets, so nothing that logs,
 * traces or measures requests may stand between the socket and the gateway. Every refusal, also of what is no
 * readable request, is a JSON answer: the SDKs fail without a code on anything else.
 */
public final class RpcServer {
    private final Vertx vertx;
    private final RpcServerOptions options;
    private final HttpGateway gateway;
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Promise<Void> idle = Promise.promise();
    private final AtomicReference<String> deployment = new AtomicReference<>("");
    private final GivenUp givenUp = new GivenUp();

    /** Any of the event loops' servers: they share their certificate, as they share the port. */
    private final AtomicReference<@Nullable HttpServer> listening = new AtomicReference<>();

    public RpcServer(Vertx vertx, RpcServerOptions options, HttpGateway gateway) {
        this.vertx = vertx;
        this.options = options;
        this.gateway = gateway;
    }

    /** Completes with the port it listens on; fails where the port is taken or the certificate is unreadable. */
    public Uni<Integer> start() {
        int loops = options.port() == 0 ? 1 : Math.max(1, options.eventLoops());
        Future<Integer> deployed = vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
                .map(id -> {
                    deployment.set(id);
                    return port.get();
                });
        return Uni.createFrom().completionStage(deployed::toCompletionStage);
    }

    /**
     * To be closed soon: everything is answered as before, but each answer is the last one of its connection, so that whoever
     * keeps connections finds another server by the time that this one closes.
     */
    public void announceClose() {
        leaving.set(true);
    }

    /**
     * Answers what it has begun, for at most {@link RpcServerOptions#CLOSE_GRACE}, refuses what comes meanwhile, then
     * closes every connection. Closing again does nothing.
     */
    public Uni<Void> close() {
        return Uni.createFrom().completionStage(() -> {
            closing.set(true);
            completeWhenIdle();
            vertx.setTimer(RpcServerOptions.CLOSE_GRACE.toMillis(), timer -> idle.tryComplete());
            return idle.future()
                    .compose(done -> {
                        String open = deployment.getAndSet("");
                        return open.isEmpty() ? Future.succeededFuture() : vertx.undeploy(open);
                    })
                    .toCompletionStage();
        });
    }

    /**
     * Whoever connects from now on is served this certificate; whoever is connected goes on.
     *
     * @return fails where it is unreadable: then the one before is still served
     */
    Uni<Void> renewCertificate(ServerTls tls) {
        return Uni.createFrom()
                .completionStage(() -> {
                    HttpServer server = listening.get();
                    return server == null
                            ? Future.succeededFuture(false).toCompletionStage()
                            : server.updateSSLOptions(options.ssl(tls), true).toCompletionStage();
                })
                .replaceWithVoid();
    }

    private void completeWhenIdle() {
        if (closing.get() && begun.get() == 0) {
            idle.tryComplete();
        }
    }

    /** One event loop's share of the port. */
    private final class Listener extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options.http())
                    .requestHandler(this::serve)
                    .invalidRequestHandler(RpcServer.this::refuseMalformed)
                    // A broken or hostile connection is closed; its error may quote what was sent, so it is not logged.
                    .exceptionHandler(failure -> {});
            server.listen(options.port(), options.host())
                    .onSuccess(bound -> {
                        port.set(bound.actualPort());
                        listening.set(server);
                    })
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void serve(HttpServerRequest request) {
            if (givenUp.holds(request)) {
                return;
            }
            if (closing.get()) {
                refuse(request, GatewayFaults.shuttingDown());
                return;
            }
            if (request.uri().length() > RpcServerOptions.REQUEST_LINE_LIMIT) {
                refuse(request, GatewayFaults.requestLineTooLong(RpcServerOptions.REQUEST_LINE_LIMIT));
                return;
            }
            if (leaving.get()) {
                endConnectionAfter(request);
            }
            begun.incrementAndGet();
            AtomicBoolean ended = new AtomicBoolean();
            request.response().endHandler(done -> end(ended)).closeHandler(closed -> end(ended));
            request.response().exceptionHandler(failure -> {});
            new BodyReader(
                            request,
                            RpcServerOptions.BODY_LIMIT,
                            body -> perform(request, body),
                            fault -> refuse(request, fault))
                    .read();
        }

        private void end(AtomicBoolean ended) {
            if (ended.compareAndSet(false, true)) {
                begun.decrementAndGet();
                completeWhenIdle();
            }
        }

        /** Of HTTP/2, whoever called is told to open no more streams; of HTTP/1.1, to send no more requests. */
        private void endConnectionAfter(HttpServerRequest request) {
            if (request.version() == HttpVersion.HTTP_2) {
                var unused = request.connection().shutdown(RpcServerOptions.IDLE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } else {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        }

        private void perform(HttpServerRequest request, byte[] body) {
            var own = vertx.getOrCreateContext();
            gateway.answer(Responses.call(request, body), task -> own.runOnContext(run -> task.run()))
                    .subscribe()
                    .with(answer -> Responses.send(request, answer), hangUp -> request.connection()
                            .close());
        }
    }

    private void refuseMalformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        RpcFault fault;
        if (cause instanceof TooLongHttpLineException) {
            fault = GatewayFaults.requestLineTooLong(RpcServerOptions.REQUEST_LINE_LIMIT);
        } else if (cause instanceof TooLongHttpHeaderException) {
            fault = GatewayFaults.headersTooLarge();
        } else {
            fault = GatewayFaults.malformedHttp();
        }
        refuse(request, fault);
    }

    private void refuse(HttpServerRequest request, RpcFault fault) {
        givenUp.endWith(request);
        Responses.refuse(request, fault);
    }
}
