package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.event.RotationStepped;
import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The rotations' timelines, live from Kafka: a thread reads {@code gyre.rotation.events} with a plain client and writes
 * one line an event.
 */
final class Timeline implements AutoCloseable {
    private static final DateTimeFormatter CALENDAR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * An event of a rotation, as far as the demonstration needs it.
     *
     * @param note what happened, and what is wrong where something is
     * @param worker who did it; empty for what the API did
     */
    record Event(String secret, String phase, String state, String note, Instant at, Instant atWall, String worker) {
        static Event of(JsonNode json) {
            return new Event(
                    json.path("secretName").asText(),
                    json.path("phase").asText(),
                    json.path("state").asText(),
                    note(json),
                    Instant.parse(json.path("at").asText()),
                    Instant.parse(json.path("atWall").asText()),
                    json.path("worker").asText());
        }

        private static String note(JsonNode json) {
            String note = json.path("note").asText();
            String finding = json.path("finding").asText();
            return finding.isEmpty() || finding.equals(note) ? note : note + ": " + finding;
        }

        boolean isLast() {
            return !state.equals("Running");
        }
    }

    private final KafkaConsumer<String, String> consumer;
    private final Console out;
    private final BlockingQueue<Supplier<Event>> news = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();
    private final Thread reader = new Thread(this::read, "timeline");
    private volatile boolean started;
    private final Map<String, Instant> begins = new HashMap<>();

    Timeline(String bootstrapServers, Console out) {
        this.out = out;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
        reader.setDaemon(true);
    }

    /** Begins to read, from the topic's first record on. */
    void start() {
        started = true;
        reader.start();
    }

    /**
     * The next event, whichever rotation it belongs to.
     *
     * @param awaited the secrets whose rotations have not ended
     * @throws PlatformException if none comes within the time, or if Kafka cannot be read
     */
    Event next(Duration within, Set<String> awaited) {
        try {
            Supplier<Event> next = news.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new PlatformException("The end of these rotations did not arrive on " + Topics.EVENTS + ": "
                        + String.join(", ", awaited) + "; see ./gyre logs");
            }
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while waiting for events.");
        }
    }

    private void read() {
        try (consumer) {
            // Every partition, without a group: nobody shares this reading or goes on with it.
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (KafkaException | PlatformException e) {
            news.add(() -> {
                throw new PlatformException(Topics.EVENTS + " cannot be read: " + e.getMessage(), e);
            });
        }
    }

    private void take(ConsumerRecord<String, String> record) {
        Header type = record.headers().lastHeader("ce_type");
        // Others share the topic: whoever reads it takes what it knows.
        if (type == null || !RotationStepped.TYPES.contains(new String(type.value(), StandardCharsets.UTF_8))) {
            return;
        }
        JsonNode json = Kms.json(record.value());
        // A record may come twice: rotation and step tell.
        if (seen.add(json.path("rotationId").asText() + "#" + json.path("step").asText())) {
            Event event = Event.of(json);
            // Each rotation from its own begin: the records of several come in no order.
            Instant begin = begins.computeIfAbsent(json.path("rotationId").asText(), id -> event.atWall());
            out.line(line(event, Duration.between(begin, event.atWall()), out.colours()));
            news.add(() -> event);
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
                what(event, colours));
    }

    /** An end has its word besides its colour, so that it reads without. */
    private static String what(Event event, boolean colours) {
        if (!event.isLast()) {
            return event.note();
        }
        String what = event.state() + ": " + event.note();
        return colours ? colour(event.state()) + what + "\u001b[0m" : what;
    }

    /** The console's meanings: works, late, failed. */
    private static String colour(String state) {
        return switch (state) {
            case "Succeeded" -> "\u001b[32m";
            case "Failed" -> "\u001b[31m";
            default -> "\u001b[33m";
        };
    }

    @Override
    public void close() {
        if (started) {
            consumer.wakeup();
        } else {
            consumer.close();
        }
    }
}
