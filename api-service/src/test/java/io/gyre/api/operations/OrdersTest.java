package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrdersTest {
    private static final String ROTATIONS = "/operations/v1/rotations/";

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    private String row(String expression, String rotation) {
        return rows.text(
                "SELECT CAST(" + expression + " AS text) FROM rotation WHERE rotation_id = CAST(? AS uuid)", rotation);
    }

    private String administrator() {
        return clients.administratorKey().getProperty("AccessKeyId");
    }

    @Test
    void anOrderThatNoWorkerTakesStandsInTheRowWithWhoGaveIt() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        rows.change(
                "UPDATE rotation SET wake_clock = 'calendar', wake_at = calendar_now() + interval '1 day'"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                id);

        JsonNode ordered = operations.post(ROTATIONS + id + "/roll-back").json(202);

        assertEquals(id, ordered.path("rotationId").asText());
        assertEquals("roll-back", ordered.path("pendingOrder").path("verb").asText());
        assertEquals(administrator(), ordered.path("pendingOrder").path("by").asText());
        assertEquals("true", row("wake_clock = 'operational' AND wake_at <= clock_timestamp()", id));
    }

    @Test
    void anOrderWakesTheWorkersOfItsTypeAsTheBeginningDid() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.ecsKey()));
        CompletableFuture<Void> taken = worker.takesOrder(id, "Running", "Going on.");

        operations.post(ROTATIONS + id + "/retry").json(200);

        taken.join();
        try (KafkaReader reader = new KafkaReader(kafka)) {
            List<ConsumerRecord<String, String>> wakings = reader.await(
                    2,
                    record -> record.topic().equals("gyre.rotation.requests.ecs")
                            && record.value().contains(id));
            assertEquals(wakings.get(0).key(), wakings.get(1).key());
            assertEquals(wakings.get(0).value(), wakings.get(1).value());
        }
    }

    @Test
    void anOrderThatAWorkerTookAnswersWithWhatBecameOfIt() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.ram()));
        CompletableFuture<Void> taken =
                worker.takesOrder(id, "Running", administrator() + " ordered an extension of the overlap by 2 h.");

        JsonNode done = operations
                .post(ROTATIONS + id + "/extend", "{\"seconds\":7200}")
                .json(200);

        taken.join();
        assertEquals(
                administrator() + " ordered an extension of the overlap by 2 h.",
                done.path("note").asText());
        assertTrue(done.path("pendingOrder").isMissingNode());
    }

    @Test
    void whileAWorkerIsAtItItsTimerStaysTheEndOfTheLease() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.claim(id);

        operations.post(ROTATIONS + id + "/give-up").json(202);

        assertEquals("true", row("wake_at = lease_until AND ordered = 'give-up'", id));
    }

    @Test
    void aSecondOrderWaitsForTheFirst() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        operations.post(ROTATIONS + id + "/retry").json(202);

        assertEquals(
                "The order retry by " + administrator()
                        + " has not been taken by a rotation worker yet: wait until it is.",
                operations.post(ROTATIONS + id + "/give-up").problem(409, "OrderPending"));
        assertEquals("retry", row("ordered", id));
    }

    @Test
    void ofTwentyOrdersAtOnceExactlyOneIsTaken() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));

        List<Integer> statuses = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> operations.post(ROTATIONS + id + "/retry").status()))
                .limit(20)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertEquals(1, statuses.stream().filter(status -> status == 202).count(), statuses.toString());
        assertEquals(19, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
    }

    @Test
    void nothingCanBeOrderedOfARotationThatHasEnded() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.step(id, "Succeeded", "The new password is current");

        for (String verb : List.of("retry", "roll-back", "give-up")) {
            assertEquals(
                    "Rotation " + id
                            + " has ended (Succeeded), so nothing can be ordered of it: RotateSecret begins another one.",
                    operations.post(ROTATIONS + id + "/" + verb).problem(409, "RotationEnded"));
        }
        operations.post(ROTATIONS + id + "/extend", "{\"seconds\":600}").problem(409, "RotationEnded");
    }

    @Test
    void onlyTheOverlapOfARamRotationCanBeExtended() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsDouble()));

        assertEquals(
                "A rotation of type rds has no overlap to extend: only those of RAM AccessKeys have one.",
                operations.post(ROTATIONS + id + "/extend", "{\"seconds\":600}").problem(400, "NothingToExtend"));
    }

    @Test
    void anExtensionIsFromTenMinutesToSevenDays() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.ram()));
        String path = ROTATIONS + id + "/extend";

        assertEquals(
                "seconds is \"599\": give the seconds of the extension, from 600 (10 minutes) to 604800 (7 days).",
                operations.post(path, "{\"seconds\":599}").problem(400, "InvalidParameter"));
        operations.post(path, "{\"seconds\":604801}").problem(400, "InvalidParameter");
        operations.post(path, "{}").problem(400, "MissingParameter");
        operations.post(path).problem(400, "MissingParameter");
        operations.post(path, "{\"seconds\":\"long\"}").problem(400, "UnreadableBody");
        operations.post(path, "{\"seconds\":600,\"minutes\":1}").problem(400, "UnreadableBody");
        operations.post(path, "{\"seconds\":99999999999999999999}").problem(400, "UnreadableBody");
        assertEquals("null", row("ordered", id));
        assertEquals(
                "604800",
                operations
                        .post(path, "{\"seconds\":604800}")
                        .json(202)
                        .path("pendingOrder")
                        .path("seconds")
                        .asText());
    }

    @Test
    void anOrderOfNoRotationIsRefused() {
        operations
                .post(ROTATIONS + "00000000-0000-4000-8000-000000000000/retry")
                .problem(404, "RotationNotFound");
        operations.post(ROTATIONS + "retry/retry").problem(400, "InvalidParameter");
    }
}
