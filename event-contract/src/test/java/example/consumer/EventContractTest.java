package example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a whole platform tells while it rotates four secrets, and while another one is created, changed and deleted. */
class EventContractTest {
    private static final String EVENTS = "gyre.rotation.events";
    private static final String DEAD_LETTERS = "gyre.rotation.dead-letters";
    private static final String OWN = "contract/own";
    private static final String FAILURE = "kms:CloudMonitor:Secret[RotateSecret:Failure]";
    private static final Set<String> SECRET_FIELDS =
            Set.of("AccessKeySecret", "AccountPassword", "Password", "PrivateKey");

    @TempDir
    private static Path folder;

    private static RunningPlatform platform;
    private static Contract contract;
    private static final Set<String> plaintexts = new TreeSet<>();
    private static final List<Told> told = new ArrayList<>();
    private static Collection<String> topics = Set.of();

    @BeforeAll
    static void hearEverything() throws Exception {
        contract = Contract.read();
        platform = RunningPlatform.start(folder);
        KmsCall kms = new KmsCall(platform.api(), platform.administratorKey());
        giveARotationUp(kms);
        lifeOfASecret(kms);
        topics = Topics.names(platform.kafka()).stream()
                .filter(name -> name.startsWith("gyre."))
                .toList();
        List<String> events =
                topics.stream().filter(name -> !name.equals(DEAD_LETTERS)).toList();
        try (Topics all = new Topics(platform.kafka(), events)) {
            all.until(record -> Told.raw(record).contains(FAILURE));
            all.until(record -> Told.raw(record).contains("io.gyre.secret.deleted.v1"))
                    .forEach(record -> told.add(Told.of(record)));
        }
        for (String secret : secretsOfTheDemo()) {
            for (String stage : List.of("ACSCurrent", "ACSPrevious")) {
                rememberPlaintexts(kms, secret, stage);
            }
        }
        plaintexts.add(platform.administratorKey().getProperty("AccessKeySecret"));
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (platform != null) {
            platform.close();
        }
    }

    /** Of the RAM user: its two AccessKeys live side by side for 24 s there, which is when it is given up. */
    private static void giveARotationUp(KmsCall kms) throws Exception {
        JsonNode former = rotations("succeeded");
        kms.perform(
                "RotateSecret",
                Map.of(
                        "SecretName",
                        former.path("secretName").asText(),
                        "VersionId",
                        "given-up",
                        "RotationWindow",
                        "48h"));
        platform.gyre(
                "rotation", "give-up", rotations("running").path("rotationId").asText());
    }

    /** The latest rotation of a RAM secret in this state. */
    private static JsonNode rotations(String state) throws Exception {
        return new ObjectMapper()
                .readTree(platform.gyre("rotations", "--type", "ram", "--state", state, "--limit", "1", "--json"))
                .path("rotations")
                .path(0);
    }

    private static void lifeOfASecret(KmsCall kms) throws Exception {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        plaintexts.addAll(List.of(first, second));
        kms.perform("CreateSecret", Map.of("SecretName", OWN, "VersionId", "v1", "SecretData", first));
        kms.perform("PutSecretValue", Map.of("SecretName", OWN, "VersionId", "v2", "SecretData", second));
        kms.perform(
                "UpdateSecretVersionStage",
                Map.of("SecretName", OWN, "VersionStage", "ACSCurrent", "MoveToVersion", "v1"));
        kms.perform("DeleteSecret", Map.of("SecretName", OWN));
        kms.perform("RestoreSecret", Map.of("SecretName", OWN));
        kms.perform("DeleteSecret", Map.of("SecretName", OWN, "ForceDeleteWithoutRecovery", "true"));
    }

    private static Set<String> secretsOfTheDemo() {
        return of("io.gyre.secret.created.v1")
                .map(each -> each.field("secretName"))
                .filter(name -> !name.equals(OWN))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void rememberPlaintexts(KmsCall kms, String secret, String stage)
            throws IOException, InterruptedException {
        JsonNode answer;
        try {
            answer = kms.perform("GetSecretValue", Map.of("SecretName", secret, "VersionStage", stage));
        } catch (IllegalStateException absent) {
            // A former RAM AccessKey is deleted with its version.
            assertEquals("ACSPrevious", stage, absent.getMessage());
            return;
        }
        new ObjectMapper()
                .readTree(answer.path("SecretData").asText())
                .properties()
                .forEach(field -> {
                    if (SECRET_FIELDS.contains(field.getKey())) {
                        plaintexts.add(field.getValue().asText());
                    }
                });
    }

    private static Stream<Told> of(String type) {
        return told.stream().filter(each -> each.type().equals(type));
    }

    @Test
    void everyTopicThatThereIsIsInTheDocument() {
        assertEquals(contract.topics(), new TreeSet<>(topics));
    }

    @Test
    void everyRecordIsAsTheDocumentSays() {
        assertFalse(told.isEmpty());
        List<String> violations = told.stream()
                .flatMap(each -> contract.violations(each.topic(), each.headers(), each.data()).stream()
                        .map(violation -> each.type() + ": " + violation))
                .distinct()
                .toList();
        assertEquals(List.of(), violations);
    }

    @Test
    void whatTheDocumentDoesNotHaveIsNoticed() {
        Told step = of("io.gyre.rotation.stepped.v1").findFirst().orElseThrow();
        JsonNode more = ((ObjectNode) step.data().deepCopy()).put("password", "");
        assertEquals(1, contract.violations(EVENTS, step.headers(), more).size());
        JsonNode other = step.headers().deepCopy().put("ce_type", "io.gyre.unheard.v1");
        assertEquals(
                List.of("gyre.rotation.events has no type \"io.gyre.unheard.v1\" in docs/events.yaml"),
                contract.violations(EVENTS, other, step.data()));
    }

    @Test
    void theAttributesAreThoseOfCloudEvents() {
        Set<String> ids = new TreeSet<>();
        for (Told each : told) {
            assertEquals("1.0", each.event().getSpecVersion().toString());
            assertEquals("application/json", each.event().getDataContentType());
            assertEquals(each.key(), each.event().getSubject());
            OffsetDateTime time = Objects.requireNonNull(each.event().getTime());
            if (each.data().has("atWall")) {
                assertEquals(OffsetDateTime.parse(each.field("atWall")), time);
            }
            assertTrue(ids.add(each.event().getSource() + " " + each.event().getId()), each.raw());
        }
    }

    @Test
    void theKeyIsTheArnOfWhatIsToldOf() {
        for (Told each : told) {
            String arn = each.data().has("secretArn") ? each.field("secretArn") : each.field("resourceId");
            if (each.topic().startsWith("gyre.rotation.")) {
                assertEquals(arn, each.key());
                assertTrue(each.key().matches("acs:kms:[a-z0-9-]+:[0-9]+:secret/.+"), each.key());
            }
        }
    }

    @Test
    void theStepsOfEachRotationComeInTheirOrder() {
        Map<String, List<Integer>> steps = new HashMap<>();
        told.stream()
                .filter(each -> each.topic().equals(EVENTS) && each.data().has("step"))
                .forEach(each -> steps.computeIfAbsent(each.field("rotationId"), id -> new ArrayList<>())
                        .add(each.data().path("step").asInt()));
        assertEquals(5, steps.size());
        steps.forEach((rotation, order) -> {
            List<Integer> sorted = new ArrayList<>(order);
            Collections.sort(sorted);
            assertEquals(sorted, order, rotation);
            assertEquals(1, order.get(0));
            assertEquals(order.size(), order.get(order.size() - 1), "no step is missing, and none came twice");
        });
    }

    @Test
    void everyRotationEndsWithTheEventOfCloudMonitorRightBehindItsLastStep() {
        List<Told> ends = of("io.gyre.rotation.succeeded.v1").toList();
        assertEquals(4, ends.size());
        for (Told end : ends) {
            List<Told> ofSecret = told.stream()
                    .filter(each -> each.topic().equals(EVENTS) && each.key().equals(end.key()))
                    .toList();
            Told next = ofSecret.get(ofSecret.indexOf(end) + 1);
            assertEquals("kms:CloudMonitor:Secret[RotateSecret:Success]", next.type());
            assertEquals("acs.kms", next.event().getSource().toString());
            assertEquals(end.field("secretName"), next.field("instanceName"));
            assertEquals(
                    next.event().getId(),
                    next.data().path("content").path("eventId").asText());
        }
    }

    @Test
    void aFailureIsToldByBothWithItsReason() {
        Told end = of("io.gyre.rotation.failed.v1").findFirst().orElseThrow();
        Told failure = of(FAILURE).findFirst().orElseThrow();
        assertEquals(end.key(), failure.key());
        assertEquals("CRITICAL Failed", failure.field("level") + " " + failure.field("status"));
        String reason = failure.data().at("/content/failureInfo/errorMessage").asText();
        assertTrue(reason.equals(end.field("finding")) || reason.equals(end.field("note")), reason);
    }

    @Test
    void aRotationThatPromotesTellsOfTheLabelsThatMoved() {
        Set<String> moved = of("io.gyre.secret.stages-moved.v1")
                .map(each -> each.field("secretArn"))
                .collect(Collectors.toSet());
        of("io.gyre.rotation.succeeded.v1").forEach(end -> assertTrue(moved.contains(end.key()), end.key()));
    }

    @Test
    void theLifeOfASecretIsToldInItsOrder() {
        assertEquals(
                List.of(
                        "io.gyre.secret.created.v1 {\"ACSCurrent\":\"v1\"}",
                        "io.gyre.secret.version-put.v1 {\"ACSCurrent\":\"v2\",\"ACSPrevious\":\"v1\"}",
                        "io.gyre.secret.stages-moved.v1 {\"ACSCurrent\":\"v1\",\"ACSPrevious\":\"v2\"}",
                        "io.gyre.secret.deletion-planned.v1 {\"ACSCurrent\":\"v1\",\"ACSPrevious\":\"v2\"}",
                        "io.gyre.secret.restored.v1 {\"ACSCurrent\":\"v1\",\"ACSPrevious\":\"v2\"}",
                        "io.gyre.secret.deleted.v1 {\"ACSCurrent\":\"v1\",\"ACSPrevious\":\"v2\"}"),
                told.stream()
                        .filter(each -> each.key().endsWith(":secret/" + OWN))
                        .map(each -> each.type() + " " + each.data().path("stages"))
                        .toList());
    }

    @Test
    void noRecordHoldsAPlaintext() {
        // Two of our own, the administrator's, and at least the current one of each secret of the demonstration.
        assertTrue(plaintexts.size() >= 7, () -> "only " + plaintexts.size());
        for (Told each : told) {
            for (String plaintext : plaintexts) {
                assertFalse(plaintext.isEmpty() || each.raw().contains(plaintext), each.type());
            }
        }
    }

    @Test
    void whatIsNoRequestIsADeadLetterThatSaysWhereItCameFrom() throws Exception {
        byte[] garbage = {'{', 0, (byte) 0xff, 'x'};
        send("gyre.rotation.requests.rds", "no-arn", garbage);
        try (Topics deadLetters = new Topics(platform.kafka(), Set.of(DEAD_LETTERS))) {
            ConsumerRecord<String, byte[]> letter =
                    deadLetters.until(record -> "no-arn".equals(record.key())).get(0);
            assertEquals(
                    new String(garbage, StandardCharsets.ISO_8859_1),
                    new String(letter.value(), StandardCharsets.ISO_8859_1));
            Map<String, String> headers = new HashMap<>();
            letter.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            assertEquals("gyre.rotation.requests.rds", headers.get("dead-letter-topic"));
            assertTrue(headers.keySet()
                    .containsAll(List.of("dead-letter-reason", "dead-letter-partition", "dead-letter-offset")));
        }
    }

    @Test
    void aDeadLetterIsMendedAndSentToTheTopicThatItCameFrom() throws Exception {
        Told request = of("io.gyre.rotation.requested.v1")
                .filter(each -> each.topic().equals("gyre.rotation.requests.rds"))
                .findFirst()
                .orElseThrow();
        String half = request.data().toString().replace("}", "");
        send("gyre.rotation.requests.rds", request.key(), half.getBytes(StandardCharsets.UTF_8));
        String id;
        try (Topics deadLetters = new Topics(platform.kafka(), Set.of(DEAD_LETTERS))) {
            List<ConsumerRecord<String, byte[]>> read =
                    deadLetters.until(record -> text(record).equals(half));
            ConsumerRecord<String, byte[]> letter = read.stream()
                    .filter(record -> text(record).equals(half))
                    .findFirst()
                    .orElseThrow();
            id = letter.partition() + "-" + letter.offset();
        }
        assertTrue(platform.gyre("dead-letters").contains(id));
        assertTrue(platform.gyre("dead-letters", "show", id).contains(half));
        Path mended =
                Files.writeString(folder.resolve("mended.json"), request.data().toString());
        assertTrue(platform.gyre("dead-letters", "replay", id, "--value", mended.toString())
                .contains("Sent to gyre.rotation.requests.rds"));
        try (Topics requests = new Topics(platform.kafka(), Set.of("gyre.rotation.requests.rds"))) {
            List<Told> ofRotation = requests
                    .until(record -> record.offset() > request.offset()
                            && isEvent(record)
                            && record.key().equals(request.key()))
                    .stream()
                    .filter(record -> isEvent(record) && record.key().equals(request.key()))
                    .map(Told::of)
                    .toList();
            Told sent = ofRotation.get(ofRotation.size() - 1);
            assertEquals(request.data(), sent.data());
            assertFalse(request.event().getId().equals(sent.event().getId()));
        }
    }

    private static boolean isEvent(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader("ce_type") != null;
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static void send(String topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    @Test
    void everythingToldOfRotationsAndSecretsCanBeToldAgain() throws Exception {
        String again = "contract.again";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafka()))) {
            admin.createTopics(List.of(new NewTopic(again, 6, (short) 1))).all().get();
        }
        assertTrue(platform.gyre("events", "replay", "--topic", again).contains("events into " + again));
        List<Told> replayed = new ArrayList<>();
        try (Topics topic = new Topics(platform.kafka(), Set.of(again))) {
            topic.until(record -> Told.raw(record).contains("io.gyre.secret.deleted.v1"))
                    .forEach(record -> replayed.add(Told.of(record)));
        }
        List<Told> originals =
                told.stream().filter(each -> each.topic().equals(EVENTS)).toList();
        assertEquals(bySecret(originals), bySecret(replayed));
    }

    /** What was told of each secret, in its order. */
    private static Map<String, List<String>> bySecret(List<Told> events) {
        return events.stream()
                .collect(Collectors.groupingBy(
                        Told::key,
                        TreeMap::new,
                        Collectors.mapping(
                                each -> each.event().getId() + " "
                                        + each.event().getSource() + " " + each.type() + " "
                                        + each.event().getTime() + " " + each.data(),
                                Collectors.toList())));
    }

    @Test
    void nothingOfGyreIsOnTheClassPath() throws IOException {
        assertEquals(List.of(), Collections.list(getClass().getClassLoader().getResources("io/gyre")));
    }
}
