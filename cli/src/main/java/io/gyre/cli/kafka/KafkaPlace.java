package io.gyre.cli.kafka;

import io.gyre.platform.PlatformException;
import io.gyre.topics.TopicState;
import io.gyre.topics.TopicSurvey;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is and how its clients log in.
 *
 * @param bootstrap {@code host:port}, more than one with commas between
 * @param settings further ones, as Kafka's own tools take them
 */
public record KafkaPlace(String bootstrap, Map<String, String> settings) {
    /** After that, something is wrong that a person should hear of. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of a survey's questions together; each has its own, shorter time, which says why. */
    private static final Duration PATIENCE_IN_ALL = Duration.ofSeconds(30);

    /** The settings are copied. */
    public KafkaPlace {
        settings = Map.copyOf(settings);
    }

    /**
     * With the settings of a file.
     *
     * @param file lines {@code name=value}; null for none
     * @throws PlatformException if it cannot be read
     */
    public static KafkaPlace of(String bootstrap, @Nullable Path file) {
        Map<String, String> settings = new HashMap<>();
        if (file != null) {
            Properties lines = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                lines.load(reader);
            } catch (IOException e) {
                throw new PlatformException(
                        "The settings of Kafka's clients in " + file
                                + " cannot be read: name a file that can with --client-config.",
                        e);
            }
            lines.stringPropertyNames().forEach(name -> settings.put(name, lines.getProperty(name)));
        }
        return new KafkaPlace(bootstrap, settings);
    }

    /**
     * Every topic of Gyre with its size, and how far each consumer group is behind.
     *
     * @throws PlatformException where Kafka does not answer, or refuses
     */
    public List<TopicState> topics() {
        try (Admin admin = Admin.create(clientSettings())) {
            return TopicSurvey.of(admin, PATIENCE_IN_ALL);
        } catch (KafkaException | TimeoutException e) {
            throw silent(e);
        } catch (ExecutionException e) {
            throw silent(e.getCause() instanceof Exception cause ? cause : e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(e);
        }
    }

    Map<String, Object> clientSettings() {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrap);
        all.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        all.put("request.timeout.ms", (int) PATIENCE.toMillis());
        return all;
    }

    /** For what a client fails with. */
    PlatformException silent(Exception failure) {
        return new PlatformException(
                "Kafka at " + bootstrap + " does not answer (" + failure.getMessage()
                        + "): look whether it runs, or name another with --bootstrap HOST:PORT.",
                failure);
    }
}
