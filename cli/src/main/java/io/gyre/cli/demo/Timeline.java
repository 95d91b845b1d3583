package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The rotations' timelines, live from Kafka: a thread reads {@code gyre.rotation.events} with a plain client and writes
 * one line an event.
 */
final class Timeline implements AutoCloseable {
    private static final DateTimeFormatter CALENDAR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * An event of a rotation, as far as the demonstration needs it.
     *
     * @param worker who did it; empty for what the API did
     */
    record Event(String secret, String phase, String state, String note, Instant at, Instant atWall, String worker) {
        static Event of(JsonNode json) {
            return new Event(
                    json.path("secretName").asText(),
                    json.path("phase").asText(),
                    json.path("state").asText(),
                    json.path("note").asText(),
                    Instant.parse(json.path("at").asText()),
                    Instant.parse(json.path("atWall").asText()),
                    json.path("worker").asText());
        }

        boolean isLast() {
            return !state.equals("Running");
        }
    }

    private final KafkaConsumer<String, String> consumer;
    private final Console out;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();
    private final Thread reader = new Thread(this::read, "timeline");
    private @Nullable Instant begin;

    Timeline(String bootstrapServers, Console out) {
        this.out = out;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "gyre-demo-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new StringDeserializer());
        reader.setDaemon(true);
    }

    void start() {
        consumer.subscribe(List.of(Topics.EVENTS));
        reader.start();
    }

    /**
     * The next event, whichever rotation it belongs to.
     *
     * @throws PlatformException if none comes within the time
     */
    Event next(Duration within, Set<String> awaited) {
        try {
            Event event = events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new PlatformException("Kafka brought no event for " + within.toSeconds()
                        + " s; these rotations have not ended: " + String.join(", ", awaited) + ". See ./gyre logs.");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while waiting for events.");
        }
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    take(Kms.json(record.value()));
                }
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    /** A record may come twice: rotation and step tell. */
    private void take(JsonNode json) {
        if (seen.add(json.path("rotationId").asText() + "#" + json.path("step").asText())) {
            Event event = Event.of(json);
            if (begin == null) {
                begin = event.atWall();
            }
            out.line(line(event, Duration.between(begin, event.atWall()), out.colours()));
            events.add(event);
        }
    }

    /** For example {@code   4.2 s  2026-03-02 14:05  db/orders   Setting a new password}. */
    static String line(Event event, Duration since, boolean colours) {
        String secret = String.format("%-22s", event.secret());
        return String.format(
                "  %7s  %s  %s  %s",
                Words.seconds(since.isNegative() ? Duration.ZERO : since),
                CALENDAR.format(event.at()),
                colours ? "\u001b[1m" + secret + "\u001b[0m" : secret,
                event.note());
    }

    @Override
    public void close() {
        consumer.wakeup();
    }

    /** Begin and end of each rotation, for the summary. */
    static final class Spans {
        private final Map<String, Event> first = new HashMap<>();
        private final Map<String, Event> last = new HashMap<>();

        void add(Event event) {
            first.putIfAbsent(event.secret(), event);
            last.put(event.secret(), event);
        }

        String summary(String secret) {
            Event from = first.get(secret);
            Event to = last.get(secret);
            if (from == null || to == null) {
                return String.format("  %-22s was never heard of", secret);
            }
            Duration calendar = Duration.between(from.at(), to.at());
            return String.format(
                    "  %-22s %-10s %8s on the wall, %3d h %02d min on the calendar",
                    secret,
                    to.state(),
                    Words.seconds(Duration.between(from.atWall(), to.atWall())),
                    calendar.toHours(),
                    calendar.toMinutesPart());
        }
    }
}
