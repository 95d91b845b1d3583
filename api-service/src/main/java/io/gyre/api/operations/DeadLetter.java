package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A record that no worker could read, whatever bytes it is made of. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DeadLetter")
public record DeadLetter(
        @Schema(description = "Its partition and offset.", examples = "0-17")
        String id,

        @Schema(description = "When it was laid aside, by the wall clock.")
        Instant at,

        @Schema(description = "Where it came from, if that is told.") @Nullable
        String topic,

        @Schema(description = "Its offset there.") @Nullable String offset,

        @Schema(description = "Why no worker could read it.") @Nullable
        String reason,

        @Schema(description = "The record's key as text, control characters and what is no text replaced.") @Nullable
        String key,

        @Schema(description = "How many bytes the value has.")
        int size,

        @Schema(description = "The value where it is text.") @Nullable
        String text,

        @Schema(description = "The value in Base64 where it is none.") @Nullable
        String base64,

        @Schema(description = "Whether the value has more than is shown.")
        boolean cut) {

    private static final int LONGEST_HEADER = 1024;

    /** @param shown how many bytes of the value, at most */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, int shown) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        boolean cut = value.length > shown;
        byte[] begin = cut ? Arrays.copyOf(value, shown) : value;
        String text = text(begin, cut);
        return new DeadLetter(
                record.partition() + "-" + record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, "dead-letter-topic"),
                header(record, "dead-letter-offset"),
                header(record, "dead-letter-reason"),
                record.key() == null ? null : line(record.key()),
                value.length,
                text,
                text == null ? Base64.getEncoder().encodeToString(begin) : null,
                cut);
    }

    /** Null where it is no UTF-8; a character that a cut goes through is left out. */
    private static @Nullable String text(byte[] bytes, boolean cut) {
        int end = bytes.length;
        while (cut && end > 0 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        if (cut && end > 0 && (bytes[end - 1] & 0x80) != 0) {
            end--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : line(header.value());
    }

    private static String line(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEADER), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
