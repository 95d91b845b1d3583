package io.gyre.topics;

import io.gyre.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Every topic of Gyre with its size, and how far each consumer group is behind. */
public final class TopicSurvey {
    private final Admin admin;

    /** By {@link System#nanoTime}. */
    private final long end;

    private TopicSurvey(Admin admin, Duration patience) {
        this.admin = admin;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /**
     * Looks once.
     *
     * @param patience for all of it
     * @return in the order in which people read of them, absent ones too
     * @throws TimeoutException where Kafka does not answer by then
     * @throws ExecutionException for what Kafka's client fails with before
     */
    public static List<TopicState> of(Admin admin, Duration patience)
            throws ExecutionException, InterruptedException, TimeoutException {
        return new TopicSurvey(admin, patience).states();
    }

    private List<TopicState> states() throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> there = answer(admin.listTopics().names());
        List<String> names = Topics.all().stream().map(Topics.Declaration::name).toList();
        Map<String, TopicDescription> topics = answer(
                admin.describeTopics(names.stream().filter(there::contains).toList())
                        .allTopicNames());
        Map<TopicPartition, Long> begins = offsets(topics, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(topics, OffsetSpec.latest());
        Map<String, List<TopicState.Reader>> readers = readers(begins, ends);
        List<TopicState> states = new ArrayList<>();
        for (String name : names) {
            TopicDescription topic = topics.get(name);
            states.add(new TopicState(
                    name,
                    topic == null ? 0 : topic.partitions().size(),
                    sum(name, ends) - sum(name, begins),
                    readers.getOrDefault(name, List.of())));
        }
        return states;
    }

    private Map<TopicPartition, Long> offsets(Map<String, TopicDescription> topics, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        topics.forEach((name, topic) ->
                topic.partitions().forEach(each -> asked.put(new TopicPartition(name, each.partition()), which)));
        return answer(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static long sum(String topic, Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .filter(each -> each.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, List<TopicState.Reader>> readers(
            Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Collection<String> groups = answer(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .toList();
        Map<String, ConsumerGroupDescription> described =
                answer(admin.describeConsumerGroups(groups).all());
        Map<String, List<TopicState.Reader>> readers = new HashMap<>();
        for (ConsumerGroupDescription description : described.values().stream()
                .sorted(Comparator.comparing(ConsumerGroupDescription::groupId))
                .toList()) {
            String group = description.groupId();
            Map<TopicPartition, OffsetAndMetadata> confirmed =
                    answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            Set<TopicPartition> read = new HashSet<>(confirmed.keySet());
            // Whoever has confirmed nothing yet reads all the same.
            description
                    .members()
                    .forEach(member -> read.addAll(member.assignment().topicPartitions()));
            Map<String, Long> lags = new TreeMap<>();
            for (TopicPartition partition : read) {
                Long end = ends.get(partition);
                if (end != null) {
                    OffsetAndMetadata offset = confirmed.get(partition);
                    long next = offset == null ? begins.getOrDefault(partition, end) : offset.offset();
                    lags.merge(partition.topic(), Math.max(0, end - next), Long::sum);
                }
            }
            lags.forEach((topic, lag) -> readers.computeIfAbsent(topic, each -> new ArrayList<>())
                    .add(new TopicState.Reader(group, lag, members(description, topic))));
        }
        return readers;
    }

    private static int members(ConsumerGroupDescription group, String topic) {
        return (int) group.members().stream()
                .filter(member -> member.assignment().topicPartitions().stream()
                        .anyMatch(share -> share.topic().equals(topic)))
                .count();
    }

    private <T> T answer(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
