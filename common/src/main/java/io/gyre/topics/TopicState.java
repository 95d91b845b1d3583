package io.gyre.topics;

import java.util.List;

/**
 * A topic as it is now.
 *
 * @param partitions how many; 0 where the topic is absent
 * @param records how many are kept, or were until they were compacted
 * @param readers the consumer groups that read it, by name
 */
public record TopicState(String name, int partitions, long records, List<Reader> readers) {
    /** The list is copied. */
    public TopicState {
        readers = List.copyOf(readers);
    }

    /**
     * A consumer group.
     *
     * @param lag how many records it has not confirmed
     * @param members how many of its processes have a share of this topic
     */
    public record Reader(String group, long lag, int members) {}
}
