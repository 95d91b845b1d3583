package io.gyre.platform.kafka;

import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes a broker's topics what they are declared to be. Repeating it changes nothing. */
public final class TopicDeclaration {

    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(20);

    private TopicDeclaration() {}

    /**
     * Makes the topics that are missing, adds partitions where there are too few, and sets each retention. Returns when
     * the broker shows all of them.
     *
     * @throws PlatformException if the broker refuses or does not answer in time
     */
    public static void declare(String bootstrapServers, List<Topics.Declaration> topics, Duration within) {
        try (Admin admin = admin(bootstrapServers, within)) {
            Set<String> present = get(admin.listTopics().names(), within);
            get(admin.createTopics(missing(topics, present)).all(), within);
            List<String> names = topics.stream().map(Topics.Declaration::name).toList();
            Map<String, TopicDescription> described =
                    shown(() -> admin.describeTopics(names).allTopicNames(), within);
            get(admin.createPartitions(tooFew(topics, described)).all(), within);
            get(admin.incrementalAlterConfigs(retentions(topics)).all(), within);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new PlatformException(
                    "Kafka at " + bootstrapServers + " did not take its topics: " + cause + ".", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were declared", e);
        }
    }

    /**
     * The topics as the broker shows them. The controller answers for a new topic before each broker has read of it in
     * the metadata log, so a broker that does not know one yet is asked again.
     */
    static Map<String, TopicDescription> shown(
            Supplier<KafkaFuture<Map<String, TopicDescription>>> description, Duration within)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                return get(description.get(), within);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                Thread.sleep(ASKED_AGAIN_AFTER.toMillis());
            }
        }
    }

    private static Admin admin(String bootstrapServers, Duration within) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(within.toMillis()),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(within.toMillis())));
    }

    private static <T> T get(KafkaFuture<T> future, Duration within)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<NewTopic> missing(List<Topics.Declaration> topics, Set<String> present) {
        return topics.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, retention(topic))))
                .toList();
    }

    private static Map<String, NewPartitions> tooFew(
            List<Topics.Declaration> topics, Map<String, TopicDescription> described) {
        Map<String, NewPartitions> wanted = new HashMap<>();
        for (Topics.Declaration topic : topics) {
            TopicDescription present = described.get(topic.name());
            if (present != null && present.partitions().size() < topic.partitions()) {
                wanted.put(topic.name(), NewPartitions.increaseTo(topic.partitions()));
            }
        }
        return wanted;
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> retentions(List<Topics.Declaration> topics) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topics.Declaration topic : topics) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    List.of(new AlterConfigOp(
                            new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, retention(topic)),
                            AlterConfigOp.OpType.SET)));
        }
        return changes;
    }

    private static String retention(Topics.Declaration topic) {
        return Long.toString(topic.retention().toMillis());
    }
}
