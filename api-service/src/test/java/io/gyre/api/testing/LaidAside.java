package io.gyre.api.testing;

import io.gyre.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Dead letters, as the workers' channel lays them aside. */
@ApplicationScoped
public class LaidAside {
    private final String kafka;

    LaidAside(@ConfigProperty(name = "gyre.kafka.bootstrap-servers") String kafka) {
        this.kafka = kafka;
    }

    /** One from the requests of RDS at offset 12, with a key of no text; @return its id */
    public String letter(byte @Nullable [] value, String reason) throws ExecutionException, InterruptedException {
        return letter(new byte[] {'k', 27, (byte) 0xff}, value, reason);
    }

    /** One from the requests of RDS at offset 12; @return its id */
    public String letter(byte[] key, byte @Nullable [] value, String reason)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, key, value);
            record.headers()
                    .add("dead-letter-reason", reason.getBytes(StandardCharsets.UTF_8))
                    .add("dead-letter-topic", Topics.RDS_REQUESTS.getBytes(StandardCharsets.UTF_8))
                    .add("dead-letter-offset", "12".getBytes(StandardCharsets.UTF_8));
            RecordMetadata place = producer.send(record).get();
            return place.partition() + "-" + place.offset();
        }
    }
}
