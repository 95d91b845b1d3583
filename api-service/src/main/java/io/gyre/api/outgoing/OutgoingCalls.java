package io.gyre.api.outgoing;

import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.outgoing.OutgoingAnswer.Unanswered;
import io.gyre.api.wire.OffLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls. Of an answer its head alone is read, and a redirect is followed nowhere. The address that was looked at is the one that
 * is connected to, so that a name cannot stand for another in between.
 */
@ApplicationScoped
public class OutgoingCalls {
    /** No call waits longer for its connection. */
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);

    private final HttpClient http;

    OutgoingCalls(Vertx vertx) {
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAlive(false)
                        // To one address; more than are ever sent there side by side.
                        .setMaxPoolSize(32)
                        .setConnectTimeout((int) CONNECTED_WITHIN.toMillis())
                        .setVerifyHost(true))
                // How a connection ends whose answer is known, or given up, is of no interest.
                .withConnectHandler(connection -> connection.exceptionHandler(ended -> {}))
                .build();
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** Never fails. */
    public Uni<OutgoingAnswer> call(OutgoingAddress address, OutgoingRequest request) {
        Context own = Vertx.currentContext();
        return OffLoop.compute(() -> resolved(address.host()))
                .chain(addresses -> addresses
                        .map(found -> called(address, found, request))
                        .orElseGet(() -> unanswered("has a host whose name does not resolve")))
                .ifNoItem()
                .after(request.within())
                .recoverWithItem(() -> new Unanswered(
                        "did not answer within " + request.within().toSeconds() + " s"))
                .emitOn(task -> own.runOnContext(on -> task.run()));
    }

    private Uni<OutgoingAnswer> called(OutgoingAddress address, List<String> found, OutgoingRequest request) {
        // One bad address among them makes the name suspect.
        if (!found.stream().allMatch(address::mayConnectTo)) {
            return unanswered("has a host whose name stands for an address that is not asked");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(address.port(), found.get(0)))
                .setHost(address.url().getHost())
                .setPort(address.port())
                .setSsl(address.isSecure())
                .setURI(address.path())
                .setTimeout(request.within().toMillis());
        request.headers().forEach(options::putHeader);
        return Uni.createFrom()
                .<OutgoingAnswer>emitter(answer -> http.request(options)
                        .compose(sent -> sent.send(request.body())
                                .map(OutgoingCalls::answered)
                                .onComplete(done -> sent.reset()))
                        .onSuccess(answer::complete)
                        .onFailure(answer::fail))
                .onFailure()
                .recoverWithItem(() -> new Unanswered("could not be reached"));
    }

    /** What follows the head is not waited for: the caller resets the exchange. */
    private static OutgoingAnswer answered(HttpClientResponse answer) {
        answer.exceptionHandler(reset -> {});
        return new Answered(answer.statusCode(), answer.getHeader("retry-after"));
    }

    private static Uni<OutgoingAnswer> unanswered(String why) {
        return Uni.createFrom().item(new Unanswered(why));
    }

    /** Without the zone of IPv6, which is no part of the address. */
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static Optional<List<String>> resolved(String host) {
        try {
            return Optional.of(Stream.of(InetAddress.getAllByName(host))
                    .map(OutgoingCalls::text)
                    .toList());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
