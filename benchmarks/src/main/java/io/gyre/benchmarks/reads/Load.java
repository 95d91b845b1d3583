package io.gyre.benchmarks.reads;

import io.gyre.platform.PlatformException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** 64 connections that are kept, each with one request on its way at a time. It shares the machine with what it measures. */
final class Load implements AutoCloseable {
    static final int CONNECTIONS = 64;

    private static final long LONGEST_MINUTES = 5;

    private final Vertx vertx;
    private final HttpClient client;

    /** @param trusted the certificate of the authority, in PEM */
    Load(Vertx vertx, Path trusted) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS)
                .setKeepAlive(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(trusted.toString())));
    }

    /**
     * @param perSecond answers
     * @param millis of each request, from its sending to the end of its answer
     */
    record Outcome(double perSecond, List<Double> millis) {}

    /**
     * Sends every request.
     *
     * @param targets path and query of each, ready to be sent
     * @param right whether the body of an answer with status 200 is what it must be
     */
    Outcome run(URI endpoint, List<String> targets, Predicate<String> right) {
        Iterator<String> rest = targets.iterator();
        List<Future<List<Double>>> connections = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(begun(endpoint, rest, right));
        }
        List<Double> millis = new ArrayList<>(targets.size());
        for (Future<List<Double>> connection : connections) {
            millis.addAll(awaited(connection));
        }
        return new Outcome(millis.size() / ((System.nanoTime() - begin) / 1e9), millis);
    }

    /** On an event loop from the first request on: an answer that is read from elsewhere can lose its body. */
    private Future<List<Double>> begun(URI endpoint, Iterator<String> rest, Predicate<String> right) {
        Promise<List<Double>> done = Promise.promise();
        vertx.runOnContext(
                begin -> send(endpoint, rest, right, new ArrayList<>()).onComplete(done));
        return done.future();
    }

    private Future<List<Double>> send(
            URI endpoint, Iterator<String> rest, Predicate<String> right, List<Double> millis) {
        String target = next(rest);
        if (target.isEmpty()) {
            return Future.succeededFuture(millis);
        }
        long begin = System.nanoTime();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(endpoint.getHost())
                .setPort(endpoint.getPort())
                .setSsl(endpoint.getScheme().equals("https"))
                .setURI(target);
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> {
                    if (response.statusCode() != 200 || !right.test(body.toString())) {
                        throw new PlatformException("A read was answered with status " + response.statusCode()
                                + " and not with what it asked for, but: " + body + ".");
                    }
                    return body;
                }))
                .compose(body -> {
                    millis.add((System.nanoTime() - begin) / 1e6);
                    return send(endpoint, rest, right, millis);
                });
    }

    /** The next one; empty when none is left. Connections live on several event loops. */
    private static String next(Iterator<String> rest) {
        synchronized (rest) {
            return rest.hasNext() ? rest.next() : "";
        }
    }

    private static List<Double> awaited(Future<List<Double>> connection) {
        try {
            return connection.toCompletionStage().toCompletableFuture().get(LONGEST_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PlatformException known
                    ? known
                    : new PlatformException("A read failed: " + e.getCause() + ".", e);
        } catch (TimeoutException e) {
            throw new PlatformException("The reads did not end within " + LONGEST_MINUTES + " minutes.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while it measured.", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
