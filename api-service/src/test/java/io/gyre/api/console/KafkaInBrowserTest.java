package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.follow;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.word;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.LaidAside;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Secrets;
import io.gyre.event.Topics;
import io.gyre.event.Topics.Declaration;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of Kafka in Debian's Chromium, by the keyboard alone; where there is none, these are left out. */
@QuarkusTest
class KafkaInBrowserTest {
    private static final String PAGE = "/console/kafka";
    private static final List<String> REQUESTS = List.of(Topics.RAM_REQUESTS, Topics.RDS_REQUESTS, Topics.ECS_REQUESTS);
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @Inject
    Secrets secrets;

    @Inject
    ConsoleLogin login;

    @Inject
    LaidAside laidAside;

    @Inject
    PlayedWorker played;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("kafka", "dead-letter"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
    }

    /** A member of the workers' group that has confirmed all there is, and reads no further. */
    private KafkaConsumer<String, String> idleWorker() {
        KafkaConsumer<String, String> worker = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        "gyre-rotation-workers",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        worker.subscribe(REQUESTS);
        int partitions = Topics.all().stream()
                .filter(topic -> REQUESTS.contains(topic.name()))
                .mapToInt(Declaration::partitions)
                .sum();
        await().atMost(WITHIN).until(() -> {
            worker.poll(Duration.ofMillis(100));
            return worker.assignment().size() == partitions;
        });
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        worker.endOffsets(worker.assignment())
                .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
        worker.commitSync(ends);
        return worker;
    }

    private static Locator rowOf(Page page, String topic) {
        return page.locator("table[aria-labelledby=topics] tbody tr")
                .filter(new Locator.FilterOptions().setHasText(topic))
                .first();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromTheLagOfATopicToTheReplayOfADeadLetter(ColorScheme scheme) throws Exception {
        String secret = secrets.create(secrets.rdsDouble().setSecretName("orders/told-" + word(scheme)));
        String letter = laidAside.letter(
                "acs:kms:cn-hangzhou:1000000000000001:secret/orders/database".getBytes(StandardCharsets.UTF_8),
                "{\"rotationId\":\"6f1c1f6e\"}".getBytes(StandardCharsets.UTF_8),
                "The rotation's id is no UUID.");
        Page page = login.window(chromium, scheme);
        page.setViewportSize(1180, 780);
        try (KafkaConsumer<String, String> worker = idleWorker()) {
            String rotation = secrets.rotate(secret);
            Browser other = login.administrator();
            await().atMost(WITHIN).until(() -> {
                Browser.Answer answer = other.get(PAGE).expect(200);
                return answer.shows("<span class=\"moves\">" + Topics.RDS_REQUESTS + "</span>")
                        && answer.shows(">secret/" + secret + "<");
            });

            follow(page, "Kafka", PAGE);
            Locator row = rowOf(page, Topics.RDS_REQUESTS);
            assertThat(row).containsText("gyre-rotation-workers");
            assertThat(row.locator("td").last()).not().hasText("0");
            assertThat(page.locator("table[aria-labelledby=rotation-events]")).containsText("secret/" + secret);
            assertThat(page.locator("table[aria-labelledby=letters]")).containsText("The rotation's id is no UUID.");
            chromium.look(page, "kafka", scheme);
            played.enters(rotation, "SUCCEEDED", "The new password is current");
        }

        follow(page, letter, PAGE + "/dead-letters/" + letter);
        assertThat(page.locator("pre")).hasText("{\"rotationId\":\"6f1c1f6e\"}");
        page.setViewportSize(1180, 460);
        chromium.look(page, "dead-letter", scheme);
        follow(page, "Replay", PAGE + "/dead-letters/" + letter + "/replay");
        chromium.look(page, "replay", scheme);
        tabTo(page, "Replay");
        press(page, "Enter");
        assertThat(page.locator("[role=alert]")).containsText("is no request for a rotation");
        chromium.look(page, "replay-refused", scheme);
    }
}
