package io.gyre.api.outbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.InstallationResource;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.event.Topics;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.kafka.KafkaBroker;
import io.gyre.platform.kafka.KafkaPlan;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import io.gyre.platform.testing.PostgresResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KafkaAwayTest.WithoutKafka.class)
class KafkaAwayTest {
    /** A service that starts while no broker is there. */
    public static final class WithoutKafka implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PostgresResource.class),
                    new TestResourceEntry(InstallationResource.class),
                    new TestResourceEntry(AbsentKafkaResource.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    ConsoleLogin login;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @TestHTTPResource("/q/health/ready")
    URI readiness;

    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kafka");
    }

    @AfterEach
    void removeHome() {
        PrivateFile.deleteTree(home);
    }

    @Test
    void withoutKafkaTheServiceGoesOnAndKafkaHearsOfItAllLater() throws Exception {
        Browser browser = login.administrator();
        // Each waits for Kafka for seconds.
        CompletableFuture<OperationsClient.Answer> letters =
                CompletableFuture.supplyAsync(() -> operations.get("/operations/v1/dead-letters"));
        CompletableFuture<OperationsClient.Answer> topics =
                CompletableFuture.supplyAsync(() -> operations.get("/operations/v1/topics"));
        CompletableFuture<Browser.Answer> page = CompletableFuture.supplyAsync(() -> browser.get("/console/kafka"));
        String early = rotate();
        assertTrue(letters.join().problem(503, "KafkaAway").startsWith("Kafka does not answer"));
        topics.join().problem(503, "KafkaAway");
        expectCard(page.join().expect(503));
        await().atMost(Duration.ofSeconds(60)).until(() -> readiness().contains("held up"));
        try (Supervisor supervisor = startKafka("first")) {
            expectTold(early);
            await().atMost(Duration.ofSeconds(60)).until(() -> readiness().contains("sends"));
        }
        String between = rotate();
        await().atMost(Duration.ofSeconds(60)).until(() -> readiness().contains("held up"));
        assertEquals(3, rows.count("SELECT count(*) FROM outbox WHERE topic LIKE 'gyre.rotation.%'"));
        try (Supervisor supervisor = startKafka("second")) {
            expectTold(between);
        }
    }

    private static void expectCard(Browser.Answer page) {
        assertTrue(page.shows("<dt>Seen</dt><dd>Kafka does not answer within seconds"), page.body());
        assertTrue(page.shows("<dt>Do</dt><dd>See that the broker runs"), page.body());
    }

    /** Creates a secret, rotates and reads it; @return its name */
    private String rotate() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        assertEquals(
                "v1",
                clients.current()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getVersionId());
        assertEquals(List.of("Running"), rows.activeRotation("state", name));
        return name;
    }

    private void expectTold(String name) {
        try (KafkaReader reader = new KafkaReader(kafka)) {
            reader.await(3, record -> record.key() != null && record.key().endsWith(":secret/" + name));
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rows.count("SELECT count(*) FROM outbox WHERE topic LIKE 'gyre.rotation.%'") == 0);
    }

    /** The same broker each time: its data stay. */
    private Supervisor startKafka(String run) {
        Supervisor supervisor = Supervisor.in(home.resolve("run-" + run));
        int port = Integer.parseInt(kafka.substring(kafka.indexOf(':') + 1));
        KafkaBroker.start(
                supervisor,
                new KafkaPlan(
                        "kafka", home.resolve("data"), home.resolve("kafka.log"), port, LoopbackPort.anyFree(), 0),
                Topics.all());
        return supervisor;
    }

    /** Ready whether or not Kafka is there; @return what it tells */
    private String readiness() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("Outbox relay"), answer.body());
        return answer.body();
    }
}
