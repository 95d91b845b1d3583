package io.gyre.api.operations;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.TagResourceRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.gyre.api.testing.Campaigns;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.OperationsClient.Answer;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.api.waves.CampaignRuns;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns as operators see them; the workers' part is played. */
@QuarkusTest
class CampaignsTest {
    private static final int BATCH = 100;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @Inject
    Campaigns campaigns;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Identities identities;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    @Inject
    Rows rows;

    @Inject
    CampaignRuns runs;

    @AfterEach
    void leaveNoneRunning() {
        campaigns.stopAll();
    }

    /** What the next tick would do, now. */
    private void scan() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> runs.goOn(BATCH));
    }

    private Answer create(ObjectNode wanted) {
        return operations.post(Campaigns.PATH, wanted.toString());
    }

    private List<String> eventTypes(String campaign, int count) {
        try (KafkaReader reader = new KafkaReader(kafka)) {
            List<ConsumerRecord<String, String>> events = reader.await(count, record -> campaign.equals(record.key()));
            return events.stream()
                    .map(event -> KafkaReader.header(event, "ce_type"))
                    .toList();
        }
    }

    @Test
    void nothingBeginsBeforeAPersonHasSeenWhatIsToBeRotated() throws Throwable {
        String prefix = campaigns.secrets(14, secrets::rdsSingle);
        JsonNode made = create(campaigns.over(prefix).put("canary", 2)).json(200);
        String id = made.path("campaignId").asText();
        scan();
        assertEquals("Paused", made.path("state").asText());
        assertEquals(
                "Nothing has begun: look at what it is to rotate, then resume it.",
                made.path("reason").asText());
        assertEquals(0, campaigns.rotationsOf(prefix));
        assertEquals(14, made.path("counts").path("planned").asInt());
        List<Integer> sizes = new ArrayList<>();
        made.path("perWave").forEach(wave -> sizes.add(wave.path("planned").asInt()));
        assertEquals(List.of(2, 6, 6), sizes);
        JsonNode second = operations
                .get(Campaigns.PATH + "/" + id + "/secrets?wave=2&limit=4")
                .json(200);
        assertEquals(4, second.path("secrets").size());
        assertEquals(3, second.path("secrets").path(0).path("place").asInt());
        JsonNode rest = operations
                .get(Campaigns.PATH + "/" + id + "/secrets?wave=2&limit=4&nextToken="
                        + second.path("nextToken").asText())
                .json(200);
        assertEquals(2, rest.path("secrets").size());
        assertFalse(rest.has("nextToken"));
        assertEquals(
                id,
                operations
                        .get(Campaigns.PATH + "?state=Paused&limit=1")
                        .json(200)
                        .path("campaigns")
                        .path(0)
                        .path("campaignId")
                        .asText());
    }

    @Test
    void aCanaryThatFailsStopsTheCampaignAndAPersonMayGoOn() throws Exception {
        String prefix = campaigns.secrets(5, secrets::rdsSingle);
        String id = campaigns.create(campaigns.over(prefix).put("start", true));
        String canary = campaigns.awaitRotations(id, 1).get(0);
        assertTrue(rows.text("SELECT note FROM rotation_step WHERE rotation_id = CAST(? AS uuid) AND step = 1", canary)
                .startsWith("Begun by wave 1 of campaign All of " + prefix + " (" + id + ")."));
        worker.step(canary, "Failed", "Rolled back: the account is locked");

        JsonNode stopped = campaigns.awaitState(id, "Stopped");

        assertEquals(
                "1 of 1 secrets of wave 1 failed or wait for a person: more than 0 %.",
                stopped.path("reason").asText());
        assertEquals(1, campaigns.rotationsOf(prefix));
        assertEquals(
                "Rolled back: the account is locked",
                stopped.path("failing").path(0).path("note").asText());
        campaigns.order(id, "resume");
        campaigns.awaitRotations(id, 4).stream()
                .filter(rotation -> !rotation.equals(canary))
                .forEach(rotation -> worker.step(rotation, "Succeeded", "The new password is current"));
        List<String> all = campaigns.awaitRotations(id, 5);
        worker.step(all.get(4), "Succeeded", "The new password is current");
        JsonNode ended = campaigns.awaitState(id, "Ended");
        assertEquals(4, ended.path("counts").path("done").asInt());
        assertEquals(1, ended.path("counts").path("failed").asInt());
        assertEquals(
                List.of(
                        "io.gyre.campaign.created.v1",
                        "io.gyre.campaign.wave-begun.v1",
                        "io.gyre.campaign.stopped.v1",
                        "io.gyre.campaign.resumed.v1",
                        "io.gyre.campaign.wave-begun.v1",
                        "io.gyre.campaign.wave-begun.v1",
                        "io.gyre.campaign.ended.v1"),
                eventTypes(id, 7));
    }

    @Test
    void aProbeThatTurnsRedStopsItWithinTheWave() throws Exception {
        AtomicInteger health = new AtomicInteger(204);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            exchange.sendResponseHeaders(health.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            String prefix = campaigns.secrets(8, secrets::rdsSingle);
            String id = campaigns.create(campaigns
                    .over(prefix)
                    .put("canary", 2)
                    .put("start", true)
                    .put("probeUrl", "http://127.0.0.1:" + server.getAddress().getPort() + "/health"));
            List<String> canaries = campaigns.awaitRotations(id, 2);
            worker.step(canaries.get(0), "Succeeded", "The new password is current");
            health.set(503);

            JsonNode stopped = campaigns.awaitState(id, "Stopped");

            assertEquals(
                    "The probe answered 503, 2 times in a row.",
                    stopped.path("reason").asText());
            assertEquals("answered 503", stopped.path("probe").path("seen").asText());
            assertEquals(canaries, campaigns.rotations(id));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whileItIsPausedNothingBeginsAndAfterwardsItGoesOn() throws Throwable {
        String prefix = campaigns.secrets(3, secrets::rdsSingle);
        String id = campaigns.create(campaigns.over(prefix).put("start", true));
        String canary = campaigns.awaitRotations(id, 1).get(0);
        assertEquals("Paused", campaigns.order(id, "pause").path("state").asText());
        worker.step(canary, "Succeeded", "The new password is current");
        scan();
        assertEquals(List.of(canary), campaigns.rotations(id));
        assertEquals(
                "Campaign " + id + " is Paused, so pause cannot be ordered of it: docs/campaigns.md tells what can.",
                operations.post(Campaigns.PATH + "/" + id + "/pause").problem(409, "CampaignNotSo"));

        campaigns.order(id, "resume");

        assertEquals(3, campaigns.awaitRotations(id, 3).size());
    }

    @Test
    void aRamSecretThatIsPromotedHoldsNoWaveAndOneThatIsRolledBackCountsAsFailed() throws Exception {
        String team = identities.name("team");
        for (int n = 0; n < 3; n++) {
            String name = secrets.create(secrets.ram());
            clients.current()
                    .tagResource(new TagResourceRequest()
                            .setSecretName(name)
                            .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"" + team + "\"}]"));
        }
        ObjectNode wanted = campaigns.over("none").put("start", true).put("overlapSeconds", 7200);
        wanted.putObject("selection").put("type", "ram").put("tagKey", "team").put("tagValue", team);
        String id = campaigns.create(wanted);
        String canary = campaigns.awaitRotations(id, 1).get(0);
        assertEquals(
                "7200", rows.text("SELECT overlap_seconds FROM rotation WHERE rotation_id = CAST(? AS uuid)", canary));

        worker.promotes(canary);

        assertEquals(3, campaigns.awaitRotations(id, 3).size());
        rows.change(
                "UPDATE rotation SET memory = memory || '{\"rolledBackBecause\":\"Ordered.\"}'"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                canary);
        assertEquals(
                "1 of 3 secrets of waves 1 to 2 failed or wait for a person: more than 0 %.",
                campaigns.awaitState(id, "Stopped").path("reason").asText());
    }

    @Test
    void whatHasBegunIsRolledBackAndWhatHasEndedIsToldOf() throws Throwable {
        String prefix = campaigns.secrets(6, secrets::rdsDouble);
        String id = campaigns.create(campaigns
                .over(prefix)
                .put("canary", 5)
                .put("failuresPercent", 50)
                .put("start", true));
        List<String> begun = campaigns.awaitRotations(id, 5);
        worker.step(begun.get(0), "Succeeded", "The new password is current");
        worker.step(begun.get(1), "Failed", "Rolled back: the account is locked");
        assertEquals(
                "RollingBack", campaigns.order(id, "roll-back").path("state").asText());

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        campaigns.show(id).path("wayBack").path("rollingBack").asInt() == 3);
        scan();
        assertEquals("RollingBack", campaigns.show(id).path("state").asText());
        worker.step(begun.get(2), "Failed", "Rolled back");
        worker.step(begun.get(3), "Running", "it cannot be rolled back any more");
        rows.change(
                "UPDATE rotation SET memory = '{\"rolledBackBecause\":\"Ordered.\"}' WHERE rotation_id = CAST(? AS uuid)",
                begun.get(4));
        worker.step(begun.get(4), "Running", "Rolling back: letting the former AccessKey work again");
        scan();
        assertEquals("RollingBack", campaigns.show(id).path("state").asText());
        rows.change(
                "UPDATE rotation SET memory = memory || '{\"demoted\":\"2026-03-02T10:00:00Z\"}'"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                begun.get(4));

        JsonNode done = campaigns.awaitState(id, "RolledBack");

        assertEquals(
                "Rolled back: 2 rotations. Had failed before: 1. Had succeeded before, and are replaced by a new rotation"
                        + " only: 1. Could not be rolled back: 1.",
                done.path("reason").asText());
        assertEquals(2, done.path("wayBack").path("rolledBack").asInt());
        assertEquals(1, done.path("wayBack").path("declined").asInt());
        assertEquals(
                "succeeded-before",
                operations
                        .get(Campaigns.PATH + "/" + id + "/secrets?standing=done")
                        .json(200)
                        .path("secrets")
                        .path(0)
                        .path("wayBack")
                        .asText());
        assertEquals(5, campaigns.rotationsOf(prefix));
        operations.post(Campaigns.PATH + "/" + id + "/resume").problem(409, "CampaignNotSo");
    }

    @Test
    void aSecretThatSomebodyElseRotatesIsWaitedForAndThenSkipped() throws Throwable {
        String prefix = campaigns.secrets(1, secrets::rdsSingle);
        clients.current()
                .rotateSecret(
                        new RotateSecretRequest().setSecretName(prefix + 1).setVersionId("by-hand"));
        String id = campaigns.create(campaigns.over(prefix).put("start", true));
        scan();
        scan();
        assertEquals("Running", campaigns.show(id).path("state").asText());
        rows.change(
                "UPDATE campaign SET wave_begun_at = wave_begun_at - interval '3 minutes'"
                        + " WHERE campaign_id = CAST(? AS uuid)",
                id);

        JsonNode stopped = campaigns.awaitState(id, "Stopped");

        assertEquals(
                "Nothing of wave 1 could be begun: all its 1 secrets were skipped, so that nothing was learnt from it.",
                stopped.path("reason").asText());
        assertEquals(
                "It was being rotated already, and still 2 minutes after its wave began.",
                operations
                        .get(Campaigns.PATH + "/" + id + "/secrets?standing=skipped")
                        .json(200)
                        .path("secrets")
                        .path(0)
                        .path("note")
                        .asText());
    }

    @Test
    void whatIsDeletedBeforeItsWaveIsSkippedAndHoldsNothingUp() throws Exception {
        String prefix = campaigns.secrets(3, secrets::rdsSingle);
        String id = campaigns.create(campaigns.over(prefix).put("canary", 3));
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(prefix + 1));
        clients.current()
                .deleteSecret(
                        new DeleteSecretRequest().setSecretName(prefix + 2).setForceDeleteWithoutRecovery("true"));

        campaigns.order(id, "resume");

        worker.step(campaigns.awaitRotations(id, 1).get(0), "Succeeded", "The new password is current");
        JsonNode ended = campaigns.awaitState(id, "Ended");
        assertEquals(2, ended.path("counts").path("skipped").asInt());
        assertEquals(1, ended.path("counts").path("done").asInt());
    }

    @Test
    void aDryRunTellsWhichWouldBeginAndWhyTheOthersWouldNot() throws Exception {
        String prefix = campaigns.secrets(1, secrets::rdsSingle);
        for (String account : List.of("campaign-passes", "campaign-fails")) {
            secrets.create(secrets.rdsSingle()
                    .setSecretName(prefix + account)
                    .setSecretData("{\"Accounts\":[{\"AccountName\":\"" + account
                            + "\",\"AccountPassword\":\"rds-password-1\"}]}"));
        }
        String id = campaigns.create(campaigns.over(prefix));
        clients.current()
                .rotateSecret(
                        new RotateSecretRequest().setSecretName(prefix + 1).setVersionId("by-hand"));
        CompletableFuture<String> passes = worker.inspects("campaign-passes", "Instance rm-1 is running.", "");
        CompletableFuture<String> fails = worker.inspects("campaign-fails", "", "RDS instance rm-1 has no account.");

        JsonNode page = operations.post(Campaigns.PATH + "/" + id + "/dry-run").json(200);

        passes.join();
        fails.join();
        Map<String, String> said = new TreeMap<>();
        page.path("secrets")
                .forEach(secret -> said.put(
                        secret.path("secretName").asText(),
                        secret.path("passed").asText() + " "
                                + secret.path("finding").asText()));
        assertEquals(
                Map.of(
                        prefix + 1,
                        "false Your secret is being rotated, please try again later",
                        prefix + "campaign-passes",
                        "true ",
                        prefix + "campaign-fails",
                        "false RDS instance rm-1 has no account."),
                said);
        assertFalse(page.has("nextToken"));
        assertEquals("Paused", campaigns.show(id).path("state").asText());
        assertEquals(1, campaigns.rotationsOf(prefix));
    }

    @Test
    void secretsAreSelectedByWhatTheyAre() throws Exception {
        String target = identities.name("rm-of-a-campaign");
        String prefix = campaigns.secrets(1, secrets::rdsSingle);
        secrets.create(secrets.rdsSingle()
                .setSecretName(prefix + "other")
                .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", target)));
        secrets.create(secrets.generic().setSecretName(prefix + "generic"));
        ObjectNode byTarget = campaigns.over(prefix);
        byTarget.putObject("selection").put("target", target).put("instanceId", "kms-1.0");
        assertEquals(1, create(byTarget).json(200).path("secrets").asInt());
        assertEquals(2, create(campaigns.over(prefix)).json(200).path("secrets").asInt());
        ObjectNode ofType = campaigns.over(prefix);
        ofType.putObject("selection").put("name", prefix + "*").put("type", "ecs");
        create(ofType).problem(409, "NothingSelected");
        ObjectNode underscore = campaigns.over(prefix);
        underscore.putObject("selection").put("name", prefix.replace('-', '_') + "*");
        create(underscore).problem(409, "NothingSelected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MissingParameter",
                "{\"name\":\"a\"} | MissingParameter",
                "{\"name\":\"a\",\"selection\":{}} | MissingParameter",
                "{\"name\":\"\",\"selection\":{\"name\":\"*\"}} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"a%\"}} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"type\":\"generic\"}} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"tagValue\":\"b\",\"name\":\"*\"}} | MissingParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"canary\":0} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"growth\":101} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"canary\":9,\"waveLimit\":8} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"failuresPercent\":100} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"soakSeconds\":-1} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"overlapSeconds\":599} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"probeUrl\":\"http://example.com/\"} | InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\"},\"probeUrl\":\"https://169.254.169.254/\"} |"
                        + " InvalidParameter",
                "{\"name\":\"a\",\"selection\":{\"name\":\"*\",\"colour\":\"red\"}} | UnreadableBody",
            })
    void whatIsNoCampaignIsRefused(String body, String code) {
        operations.post(Campaigns.PATH, body).problem(400, code);
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        String nobodys = "00000000-0000-4000-8000-000000000000";
        operations.get(Campaigns.PATH + "/" + nobodys).problem(404, "CampaignNotFound");
        operations.get(Campaigns.PATH + "/" + nobodys + "/secrets").problem(404, "CampaignNotFound");
        operations.post(Campaigns.PATH + "/" + nobodys + "/dry-run").problem(404, "CampaignNotFound");
        operations.post(Campaigns.PATH + "/" + nobodys + "/resume").problem(404, "CampaignNotFound");
        operations.get(Campaigns.PATH + "/1").problem(400, "InvalidParameter");
        operations.get(Campaigns.PATH + "?state=running").problem(400, "InvalidParameter");
        operations.get(Campaigns.PATH + "?nextToken=1").problem(400, "InvalidParameter");
        operations.get(Campaigns.PATH + "/" + nobodys + "/secrets?nextToken=-1").problem(400, "InvalidParameter");
        operations.get(Campaigns.PATH + "/" + nobodys + "/secrets?wave=0").problem(400, "InvalidParameter");
        operations
                .get(Campaigns.PATH + "/" + nobodys + "/secrets?standing=well")
                .problem(400, "InvalidParameter");
    }

    @Test
    void aProbeNeedsAPermissionOfItsOwn() throws Exception {
        String prefix = campaigns.secrets(1, secrets::rdsSingle);
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        RpcCredentials credentials = new RpcCredentials(key.id(), SecretText.of(key.secret()));
        identities.attachCustom(identities.policy(allowing("gyre:CreateCampaign")), user);
        String plain = campaigns.over(prefix).toString();
        String probing = campaigns
                .over(prefix)
                .put("probeUrl", "https://health.example.com/")
                .toString();
        assertEquals(200, by(credentials, plain).status());
        assertTrue(by(credentials, probing)
                .problem(403, "Forbidden.NoPermission")
                .contains("gyre:ProbeOfCampaign on acs:gyre:cn-hangzhou:" + Identities.ACCOUNT + ":campaigns"));
        identities.attachCustom(identities.policy(allowing("gyre:ProbeOfCampaign")), user);
        assertEquals(200, by(credentials, probing).status());
        operations.get(Campaigns.PATH).json(200);
        assertEquals(
                403,
                operations
                        .send(
                                "GET",
                                Campaigns.PATH,
                                "",
                                operations.headers("GET", Campaigns.PATH, "", credentials, Instant.now()))
                        .status());
    }

    private Answer by(RpcCredentials credentials, String body) {
        return operations.send(
                "POST",
                Campaigns.PATH,
                body,
                operations.headers("POST", Campaigns.PATH, body, credentials, Instant.now()));
    }

    private static String allowing(String action) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"acs:gyre:*:*:campaigns\"}]}";
    }
}
