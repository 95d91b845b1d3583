package io.gyre.api.operations;

import io.gyre.topics.TopicState;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A topic as it is now. */
@Schema(name = "Topic")
public record TopicView(
        String name,

        @Schema(description = "How many; 0 where the topic is absent.")
        int partitions,

        @Schema(description = "How many records are kept, or were until they were compacted.")
        long records,

        @Schema(description = "The consumer groups that read it, by name.")
        List<Reader> readers) {
    /** A consumer group. */
    @Schema(name = "TopicReader")
    public record Reader(
            String group,

            @Schema(description = "How many of its processes have a share of this topic.")
            int members,

            @Schema(description = "How many records it has not confirmed.")
            long lag) {}

    static TopicView of(TopicState topic) {
        return new TopicView(
                topic.name(),
                topic.partitions(),
                topic.records(),
                topic.readers().stream()
                        .map(reader -> new Reader(reader.group(), reader.members(), reader.lag()))
                        .toList());
    }
}
