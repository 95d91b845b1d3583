package io.gyre.platform;

import io.gyre.platform.process.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a process for its health on its ops port. */
public final class Health {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWERS_WITHIN)
            .build();

    /** Whether the process says that it can do its work. */
    public boolean isReady(int opsPort) {
        if (!LoopbackPort.answers(opsPort)) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opsPort + "/q/health/ready"))
                .timeout(ANSWERS_WITHIN)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
