package io.gyre.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnsentSpansTest {
    private static final String SENDER = "io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxGrpcSender";
    private static final String CONNECTIONS = "io.vertx.core.net.impl.ConnectionBase";
    private static final String REFUSED = "Failed to export TraceRequestMarshaler. The request could not be executed."
            + " Full error message: Connection refused: /127.0.0.1:4317";

    private final Logger own = Logger.getLogger(UnsentSpans.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong(-1);
    private final UnsentSpans unsent =
            new UnsentSpans(URI.create("http://somebody:password@collector:4317"), "grpc", nanos::get);

    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void read() {
        own.addHandler(reader);
    }

    @AfterEach
    void readNoMore() {
        own.removeHandler(reader);
    }

    private boolean passes(String logger, Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName(logger);
        return unsent.isLoggable(record);
    }

    @Test
    void howeverManyAttemptsFailOneLineSaysWhatThatMeans() {
        for (int attempt = 0; attempt < 100; attempt++) {
            assertFalse(passes(SENDER, Level.WARNING, REFUSED));
        }
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.get(0)
                        .startsWith("Traces cannot be sent to collector:4317 by grpc (Connection refused:"
                                + " /127.0.0.1:4317):"),
                lines.get(0));
        assertFalse(lines.get(0).contains("password"), lines.get(0));
    }

    @Test
    void whileItLastsItIsSaidAgain() {
        assertFalse(passes(SENDER, Level.WARNING, REFUSED));
        nanos.addAndGet(UnsentSpans.SILENCE.toNanos() - 1);
        assertFalse(passes(SENDER, Level.WARNING, REFUSED));
        assertEquals(1, lines.size());
        nanos.addAndGet(1);
        assertFalse(passes(SENDER, Level.WARNING, REFUSED));
        assertEquals(2, lines.size());
    }

    @Test
    void anEndpointThatSpeaksNoHttp2IsNotToldOfForEachConnection() {
        String frame = "First received frame was not SETTINGS. Hex dump for first 5 bytes: 485454502f";
        assertFalse(passes(CONNECTIONS, Level.SEVERE, frame));
        assertFalse(passes("io.vertx.core.http.impl.HttpClientConnection", Level.WARNING, "Connection evicted"));
        assertFalse(passes(CONNECTIONS, Level.SEVERE, frame));
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains("by grpc (First received frame was not SETTINGS"), lines.get(0));
    }

    @Test
    void whatElseIsToldOfConnectionsIsToldAsBefore() {
        assertTrue(passes(CONNECTIONS, Level.SEVERE, "Connection reset by peer"));
        assertTrue(passes(SENDER, Level.FINE, "Calling shutdown() multiple times."));
        assertEquals(List.of(), lines);
    }
}
