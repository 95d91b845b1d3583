package io.gyre.api.operations;

import io.gyre.topics.TopicRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An event that was told, for people; programs read the topic. */
@Schema(name = "ToldEvent")
public record ToldEvent(
        @Schema(description = "Its partition and offset.", examples = "3-17")
        String id,

        @Schema(description = "When it was told, by the wall clock.")
        Instant at,

        @Schema(description = "Its CloudEvents type.", examples = "io.gyre.rotation.advanced.v1")
        String type,

        @Schema(description = "What it is about.") String subject,

        @Schema(description = "What happened, on one line of at most 300 characters.")
        String what) {
    private static final int LONGEST = 300;

    static ToldEvent of(ConsumerRecord<byte[], byte[]> record) {
        TopicRecord told = new TopicRecord(record);
        return new ToldEvent(told.place(), told.at(), cut(told.type()), cut(told.subject()), cut(told.whatElse()));
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = LONGEST - 1;
        // No half of a character.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
