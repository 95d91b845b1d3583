package io.gyre.api.console;

import io.gyre.api.operations.DeadLetter;
import io.gyre.api.operations.ToldEvent;
import io.gyre.api.operations.TopicView;
import io.gyre.event.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Kafka as its page shows it.
 *
 * @param away why there is nothing to show; empty where Kafka answered
 * @param rotations the latest of {@link Topics#EVENTS}
 * @param instances the latest of {@link Topics#INSTANCE_EVENTS}
 * @param now by the wall clock, as records have it
 */
record KafkaSeen(
        String away,
        Seen<List<TopicView>> topics,
        Seen<List<ToldEvent>> rotations,
        Seen<List<ToldEvent>> instances,
        Seen<List<DeadLetter>> letters,
        Instant now) {
    /** The status of the operations' refusal, and of the page. */
    static final int AWAY = 503;

    static KafkaSeen away(String sentence, Instant now) {
        return new KafkaSeen(sentence, Seen.nothing(), Seen.nothing(), Seen.nothing(), Seen.nothing(), now);
    }

    /** One who reads a topic, or a topic that nobody reads. */
    record TopicLine(
            String topic, String partitions, String records, String group, String members, String lag, String shape) {}

    /** What was told of one topic. */
    record Stream(String id, String topic, Seen<List<EventLine>> events) {}

    /**
     * An event.
     *
     * @param subject an ARN, most of which is the same in each row
     */
    record EventLine(RelativeTime at, String type, String subject, String what) {
        /** The resource within its account. */
        public String of() {
            return subject.substring(subject.lastIndexOf(':') + 1);
        }
    }

    /** A dead letter of the list. */
    record LetterLine(String id, String address, RelativeTime at, String topic, String reason, String value) {}

    int status() {
        return away.isEmpty() ? 200 : AWAY;
    }

    /** A topic's own columns stand in its first row alone. */
    public List<TopicLine> lines() {
        List<TopicLine> lines = new ArrayList<>();
        for (TopicView topic : topics.found().orElse(List.of())) {
            String partitions = topic.partitions() == 0 ? "absent" : Integer.toString(topic.partitions());
            String records = Long.toString(topic.records());
            if (topic.readers().isEmpty()) {
                lines.add(new TopicLine(
                        topic.name(), partitions, records, "", "", "", topic.partitions() == 0 ? "failed" : "open"));
            }
            for (TopicView.Reader reader : topic.readers()) {
                lines.add(new TopicLine(
                        topic.name(),
                        partitions,
                        records,
                        reader.group(),
                        Integer.toString(reader.members()),
                        Long.toString(reader.lag()),
                        shape(reader)));
            }
        }
        return lines;
    }

    /** Nobody who reads is no trouble until there is something to read. */
    private static String shape(TopicView.Reader reader) {
        if (reader.lag() == 0) {
            return reader.members() == 0 ? "open" : "works";
        }
        return reader.members() == 0 ? "late" : "moves";
    }

    public List<Stream> streams() {
        return List.of(
                new Stream("rotation-events", Topics.EVENTS, told(rotations)),
                new Stream("instance-events", Topics.INSTANCE_EVENTS, told(instances)));
    }

    private Seen<List<EventLine>> told(Seen<List<ToldEvent>> events) {
        return new Seen<>(
                events.found().map(found -> found.stream()
                        .map(event -> new EventLine(
                                new RelativeTime(event.at(), now), event.type(), event.subject(), event.what()))
                        .toList()),
                events.refusal());
    }

    public Seen<List<LetterLine>> deadLetters() {
        return new Seen<>(
                letters.found().map(found -> found.stream()
                        .map(letter -> new LetterLine(
                                letter.id(),
                                DeadLetterPage.address(letter.id()),
                                new RelativeTime(letter.at(), now),
                                LetterSeen.from(letter),
                                LetterSeen.reason(letter),
                                LetterSeen.value(letter)))
                        .toList()),
                letters.refusal());
    }

    public RelativeTime asOf() {
        return new RelativeTime(now, now);
    }
}
