package io.gyre.rpc;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and what it accepts.
 *
 * @param host the address to bind
 * @param port 0 for any free one
 * @param tls null for plain HTTP
 * @param eventLoops how many event loops share the port; 1 where the port is 0
 */
public record RpcServerOptions(
        String host, int port, @Nullable ServerTls tls, int eventLoops) {
    /** SecretData of 30,720 bytes travels in the request line, each byte as %XX: 92 KB and more. */
    public static final int REQUEST_LINE_LIMIT = 256 * 1024;

    /** All header fields together, the request line apart; the SDKs send about 1 KiB. */
    public static final int HEADER_LIMIT = 32 * 1024;

    /** The largest parameter is 32 KiB; a form body holds a few of them, encoded. */
    public static final int BODY_LIMIT = 1024 * 1024;

    /** A body beyond the limit is read up to here, so that its sender lives to see the refusal. */
    static final int DRAIN_LIMIT = 8 * BODY_LIMIT;

    /** How long a connection may be silent, also inside a request: longer than any action takes. */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** How long a closing server waits for the requests that it has begun to answer. */
    static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** Those of BCP 195 (RFC 9325): an ephemeral key exchange and authenticated encryption, in either version. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Plain HTTP on one event loop. */
    public static RpcServerOptions plain(String host, int port) {
        return new RpcServerOptions(host, port, null, 1);
    }

    HttpServerOptions http() {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(REQUEST_LINE_LIMIT)
                .setMaxHeaderSize(HEADER_LIMIT)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                // HTTP/2 counts :path among the headers: leave room, so that our own check answers first.
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(2L * REQUEST_LINE_LIMIT)
                        .setMaxConcurrentStreams(100))
                .setIdleTimeout((int) IDLE_TIMEOUT.toSeconds())
                // Spans name the URI, and the URI holds secrets.
                .setTracingPolicy(TracingPolicy.IGNORE);
        if (tls != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(tls.options())
                    .setEnabledSecureTransportProtocols(PROTOCOLS);
            SUITES.forEach(options::addEnabledCipherSuite);
        }
        return options;
    }

    /** The same for another certificate. */
    SSLOptions ssl(ServerTls other) {
        SSLOptions ssl = new SSLOptions()
                .setUseAlpn(true)
                .setKeyCertOptions(other.options())
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        SUITES.forEach(ssl::addEnabledCipherSuite);
        return ssl;
    }
}
