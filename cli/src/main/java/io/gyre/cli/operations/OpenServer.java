package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What a server tells everybody: its health, and the certificate that it proves itself by. */
public final class OpenServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final @Nullable Path authorities;

    /** @param authorities a PEM file with the only ones to believe; null for those the JDK knows */
    public OpenServer(URI endpoint, @Nullable Path authorities) {
        this.endpoint = endpoint;
        this.authorities = authorities;
    }

    private SSLContext trust() {
        try {
            return authorities == null ? SSLContext.getDefault() : TrustedAuthorities.in(authorities);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK does not know whom to trust.", e);
        }
    }

    /**
     * As MicroProfile Health writes it, also where something is down.
     *
     * @throws PlatformException where nothing answers, or something that is not Gyre
     */
    public JsonNode health() {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if ("https".equals(endpoint.getScheme())) {
            client.sslContext(trust());
        }
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/q/health"))
                .timeout(PATIENCE)
                .build();
        try {
            JsonNode body = JSON.readTree(
                    client.build().send(request, BodyHandlers.ofString()).body());
            if (body != null && body.has("checks")) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // As below.
        } catch (SSLException e) {
            throw new PlatformException(TlsFailure.sentence(ServedApi.OPERATIONS, endpoint, e), e);
        } catch (IOException e) {
            throw new PlatformException(
                    "Nothing answers at " + endpoint
                            + ": start Gyre with ./gyre up, or name another endpoint with --endpoint.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while " + endpoint + " was asked.", e);
        }
        throw new PlatformException(
                "What answers at " + endpoint + " tells no health as Gyre does: name the right one with --endpoint.");
    }

    /**
     * The last moment of its certificate, after that was believed.
     *
     * @throws PlatformException where it is not, or nothing answers
     */
    public Instant certificateValidUntil() {
        try (SSLSocket socket = (SSLSocket) trust().getSocketFactory().createSocket()) {
            int patience = (int) PATIENCE.toMillis();
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), patience);
            socket.setSoTimeout(patience);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            Certificate own = socket.getSession().getPeerCertificates()[0];
            return ((X509Certificate) own).getNotAfter().toInstant();
        } catch (SSLException e) {
            throw new PlatformException(TlsFailure.sentence(ServedApi.OPERATIONS, endpoint, e), e);
        } catch (IOException e) {
            throw new PlatformException("Nothing answers by TLS at " + endpoint + ": look whether it runs.", e);
        }
    }
}
