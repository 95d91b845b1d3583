package io.gyre.api.operations;

import static io.gyre.api.testing.KafkaReader.header;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.event.Topics;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventReplaysTest {
    private static final String PATH = "/operations/v1/events/replay";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    private String newTopic() throws Exception {
        String name = "view-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
        }
        return name;
    }

    private static String body(String topic, String arn, String more) {
        return "{\"topic\":\"" + topic + "\",\"secretArn\":\"" + arn + "\"" + more + "}";
    }

    private static String line(ConsumerRecord<String, String> record) {
        return header(record, "ce_id") + " " + header(record, "ce_source") + " " + header(record, "ce_type") + " "
                + header(record, "ce_time") + " " + record.key() + " " + record.value();
    }

    private List<String> told(String topic, String arn, int count) {
        try (KafkaReader reader = new KafkaReader(kafka, List.of(topic))) {
            return reader.await(count, record -> arn.equals(record.key())).stream()
                    .map(EventReplaysTest::line)
                    .toList();
        }
    }

    @Test
    void whatWasToldIsToldAgainAsItWas() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        List<String> originals = told(Topics.EVENTS, arn, 2);
        String topic = newTopic();
        JsonNode answer = operations.post(PATH, body(topic, arn, "")).json(200);
        assertEquals(
                "2 2", answer.path("told").asInt() + " " + answer.path("total").asInt());
        assertEquals(originals, told(topic, arn, 2));
    }

    @Test
    void theDeletionOfASecretOutlivesIt() throws Exception {
        String name = secrets.create(secrets.generic());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name).setForceDeleteWithoutRecovery("true"));
        String topic = newTopic();
        assertEquals(
                2,
                operations
                        .post(PATH, body(topic, arn, ""))
                        .json(200)
                        .path("told")
                        .asInt());
        assertEquals(told(Topics.EVENTS, arn, 2), told(topic, arn, 2));
    }

    @Test
    void aLongHistoryIsToldPageByPage() throws Exception {
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/long-" + UUID.randomUUID();
        rows.change(
                "INSERT INTO secret_change (event_id, event_type, secret_arn, at_wall, data)"
                        + " SELECT gen_random_uuid(), 'io.gyre.secret.tagged.v1', ?, timestamptz '2026-01-01' + n * interval"
                        + " '1 second', jsonb_build_object('n', n) FROM generate_series(1, 1200) AS n",
                arn);
        String topic = newTopic();
        JsonNode first = operations.post(PATH, body(topic, arn, "")).json(200);
        assertEquals(
                "500 1200",
                first.path("told").asInt() + " " + first.path("total").asInt());
        JsonNode second = page(topic, arn, first);
        JsonNode third = page(topic, arn, second);
        assertEquals(
                "500 200",
                second.path("told").asInt() + " " + third.path("told").asInt());
        assertEquals(false, third.has("next"));
        List<String> told = told(topic, arn, 1200);
        assertEquals(
                rows.texts("SELECT CAST(data AS text) FROM secret_change WHERE secret_arn = ? ORDER BY position", arn),
                told.stream().map(line -> line.substring(line.indexOf('{'))).toList());
        JsonNode part = operations
                .post(
                        PATH,
                        body(
                                topic,
                                arn,
                                ",\"force\":true,\"since\":\"2026-01-01T00:00:10Z\",\"until\":\"2026-01-01T00:00:20+00:00\""))
                .json(200);
        assertEquals(10, part.path("told").asInt());
    }

    private JsonNode page(String topic, String arn, JsonNode before) {
        return operations
                .post(PATH, body(topic, arn, ",\"after\":" + before.path("next").asLong()))
                .json(200);
    }

    @Test
    void aTopicThatHoldsRecordsIsTakenByForceAlone() throws Exception {
        String name = secrets.create(secrets.generic());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        String topic = newTopic();
        operations.post(PATH, body(topic, arn, "")).json(200);
        assertEquals(
                "Topic " + topic
                        + " holds records, 1 of them: name an empty one, or say that it is to be taken nevertheless"
                        + " (force).",
                operations.post(PATH, body(topic, arn, "")).problem(409, "TopicNotEmpty"));
        operations.post(PATH, body(topic, arn, ",\"force\":true")).json(200);
        List<String> twice = told(topic, arn, 2);
        assertEquals(twice.get(0), twice.get(1));
    }

    @Test
    void whatIsNoTopicOrNoTimeIsRefused() {
        assertEquals(
                "There is no topic absent-1: create it first.",
                operations.post(PATH, "{\"topic\":\"absent-1\"}").problem(404, "TopicNotFound"));
        operations.post(PATH, "{}").problem(400, "MissingParameter");
        operations.post(PATH, "{\"topic\":\"a topic\"}").problem(400, "InvalidParameter");
        assertEquals(
                "topic is \"gyre.rotation.requests.ram\": it is one of Gyre's own, and of those gyre.rotation.events alone has"
                        + " such events.",
                operations
                        .post(PATH, "{\"topic\":\"gyre.rotation.requests.ram\"}")
                        .problem(400, "InvalidParameter"));
        assertEquals(
                "since is \"yesterday\": give a time after 1970 as 2026-03-02T14:05:00Z.",
                operations
                        .post(PATH, "{\"topic\":\"t\",\"since\":\"yesterday\"}")
                        .problem(400, "InvalidParameter"));
    }
}
