package io.gyre.api.waves;

import io.gyre.api.campaign.Probe;
import io.gyre.api.wire.OffLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
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
 * Asks probes. Of an answer the status alone is read: a redirect is followed nowhere, and is red like all else that is not
 * 2xx. The address that was looked at is the one that is connected to, so that a name cannot stand for another in between.
 */
@ApplicationScoped
class Probes {
    /** Whoever does not say in this time that it is well is not well; shorter than the time between two questions. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(4);

    private static final int OK = 200;
    private static final int REDIRECTS = 300;

    private final HttpClient http;

    Probes(Vertx vertx) {
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAlive(false)
                        .setConnectTimeout((int) ANSWERED_WITHIN.toMillis())
                        .setVerifyHost(true))
                // How a connection ends whose answer is known, or given up, is of no interest.
                .withConnectHandler(connection -> connection.exceptionHandler(ended -> {}))
                .build();
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** Never fails: what goes wrong is red. */
    Uni<Probe> ask(ProbeAddress address) {
        Context own = Vertx.currentContext();
        return OffLoop.compute(() -> resolved(address.host()))
                .chain(addresses -> addresses
                        .map(found -> asked(address, found))
                        .orElseGet(() -> Uni.createFrom().item(Probe.red("has a host whose name does not resolve"))))
                .ifNoItem()
                .after(ANSWERED_WITHIN)
                .recoverWithItem(() -> Probe.red("did not answer within " + ANSWERED_WITHIN.toSeconds() + " s"))
                .emitOn(task -> own.runOnContext(on -> task.run()));
    }

    private Uni<Probe> asked(ProbeAddress address, List<String> found) {
        // One bad address among them makes the name suspect.
        if (!found.stream().allMatch(address::mayConnectTo)) {
            return Uni.createFrom().item(Probe.red("has a host whose name stands for an address that is not asked"));
        }
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(address.port(), found.get(0)))
                .setHost(address.url().getHost())
                .setPort(address.port())
                .setSsl(address.isSecure())
                .setURI(address.path())
                .setTimeout(ANSWERED_WITHIN.toMillis());
        return Uni.createFrom()
                .<Integer>emitter(status -> http.request(request)
                        .compose(sent -> sent.send().map(Probes::status).onComplete(done -> sent.reset()))
                        .onSuccess(status::complete)
                        .onFailure(status::fail))
                .map(Probes::probe)
                .onFailure()
                .recoverWithItem(() -> Probe.red("could not be reached"));
    }

    /** What follows the status is not waited for: the caller resets the exchange. */
    private static int status(HttpClientResponse answer) {
        answer.exceptionHandler(reset -> {});
        return answer.statusCode();
    }

    private static Probe probe(int status) {
        return status >= OK && status < REDIRECTS ? Probe.GREEN : Probe.red("answered " + status);
    }

    /** Without the zone of IPv6, which is no part of the address. */
    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static Optional<List<String>> resolved(String host) {
        try {
            return Optional.of(
                    Stream.of(InetAddress.getAllByName(host)).map(Probes::text).toList());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
