package io.gyre.trace;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Says in one line that spans cannot be sent and what that means, in place of the framework's lines about each attempt. It is not told when
 * they can be again, so the line comes once more if they still, or again, cannot after {@link #SILENCE}.
 */
public final class UnsentSpans implements Filter {
    /** From one line to the next. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(UnsentSpans.class);

    /** The framework turns the last two off, so that a collector which refuses spans would do so unsaid. */
    private static final List<String> SENDERS = List.of(
            "io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxGrpcSender",
            "io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxHttpSender",
            "io.opentelemetry.exporter.internal.grpc.GrpcExporter",
            "io.opentelemetry.exporter.internal.http.HttpExporter");

    /** They tell of each connection on which HTTP/2 is not spoken, beside the sender. */
    private static final List<String> CONNECTIONS =
            List.of("io.vertx.core.http.impl.HttpClientConnection", "io.vertx.core.net.impl.ConnectionBase");

    private static final List<String> OF_HTTP2 = List.of("First received frame was not SETTINGS", "Connection evicted");
    private static final String CAUSE = "rror message: ";

    /** A log manager may forget loggers that nobody holds, and their filters. */
    private static final List<Logger> HELD = new CopyOnWriteArrayList<>();

    private final String collector;
    private final LongSupplier nanos;
    private final AtomicLong toldAt;

    UnsentSpans(URI endpoint, String protocol, LongSupplier nanos) {
        this.collector = endpoint.getHost() + ":" + endpoint.getPort() + " by " + protocol;
        this.nanos = nanos;
        this.toldAt = new AtomicLong(nanos.getAsLong() - SILENCE.toNanos());
    }

    /** From now on, of the spans that go to this endpoint. */
    public static void toldOf(URI endpoint, String protocol) {
        UnsentSpans told = new UnsentSpans(endpoint, protocol, System::nanoTime);
        SENDERS.forEach(sender -> filtered(sender, told).setLevel(Level.WARNING));
        CONNECTIONS.forEach(connection -> filtered(connection, told));
    }

    private static Logger filtered(String name, UnsentSpans told) {
        Logger logger = Logger.getLogger(name);
        logger.setFilter(told);
        HELD.add(logger);
        return logger;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        String said = String.valueOf(record.getMessage());
        boolean other = CONNECTIONS.contains(record.getLoggerName())
                && OF_HTTP2.stream().noneMatch(said::startsWith);
        if (other || record.getLevel().intValue() < Level.WARNING.intValue()) {
            return true;
        }
        if (isTime()) {
            LOG.warn(("Traces cannot be sent to %s (%s): they are lost until they can be, while calls and rotations go"
                            + " on. Look whether a collector runs there, and whether GYRE_TRACES_ENDPOINT and"
                            + " GYRE_TRACES_PROTOCOL say where and how. This is said every %d minutes at most.")
                    .formatted(collector, cause(said), SILENCE.toMinutes()));
        }
        return false;
    }

    /** Whoever comes first of several at once. */
    private boolean isTime() {
        long now = nanos.getAsLong();
        long before = toldAt.get();
        return now - before >= SILENCE.toNanos() && toldAt.compareAndSet(before, now);
    }

    private static String cause(String said) {
        int at = said.indexOf(CAUSE);
        return at < 0 ? said : said.substring(at + CAUSE.length());
    }
}
