package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The campaigns command against a server that answers as the operations API does. */
class CampaignsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";

    private static final String CAMPAIGN = """
            {"campaignId":"ID","name":"payments","state":"Running","reason":"Wave 2 of 3 has begun.",
             "selection":{"name":"db/*","type":"rds"},"secrets":6,"waves":3,"wave":2,"canary":1,"growth":3,
             "waveLimit":500,"soakSeconds":600,"failuresPercent":20,"overlapSeconds":172800,
             "probe":{"url":"https://health.example.com/","seen":"is green","redsInARow":0},
             "createdBy":"LTAIoperator","createdAt":"2026-03-02T10:00:00Z","changedAt":"2026-03-02T10:00:00Z",
             "waitsFor":"2 rotations of wave 2","counts":{"planned":2,"running":2,"done":1,"failed":1,"skipped":0},
             "perWave":[{"wave":1,"planned":0,"running":0,"done":1,"failed":0,"skipped":0},
                        {"wave":2,"planned":0,"running":2,"done":0,"failed":1,"skipped":0},
                        {"wave":3,"planned":2,"running":0,"done":0,"failed":0,"skipped":0}],
             "failing":[{"place":3,"wave":2,"secretName":"db/orders","rotationId":"ID","standing":"failed",
                         "note":"The account is locked"}]}
            """.replace("ID", ID);

    @TempDir
    private Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("key"), "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.setOut(out);
        System.setErr(err);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String answer = answers.get(asked);
        byte[] body = (answer == null ? "{\"detail\":\"There is nothing at " + asked + ".\"}" : answer)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int gyre(String... arguments) {
        List<String> line = new ArrayList<>(List.of("campaigns"));
        line.addAll(List.of(arguments));
        line.add("--endpoint=http://127.0.0.1:" + server.getAddress().getPort());
        line.add("--key-file=" + folder.resolve("key"));
        return Main.run(line.toArray(String[]::new));
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCampaignIsMadeAsTheOptionsSay() throws Exception {
        answers.put("POST /operations/v1/campaigns", CAMPAIGN);
        assertEquals(
                0,
                gyre(
                        "create",
                        "payments",
                        "--secret=db/*",
                        "--tag=team=payments",
                        "--target=rm-1",
                        "--canary=2",
                        "--soak=1h",
                        "--failures=5",
                        "--probe=https://health.example.com/",
                        "--start"),
                errors());
        JsonNode sent = JSON.readTree(requests.get(0).substring("POST /operations/v1/campaigns ".length()));
        assertEquals(JSON.readTree("""
                {"name":"payments","start":true,"canary":2,"growth":3,"waveLimit":500,"soakSeconds":3600,
                 "failuresPercent":5,"overlapSeconds":172800,"probeUrl":"https://health.example.com/",
                 "selection":{"name":"db/*","tagKey":"team","tagValue":"payments","target":"rm-1"}}
                """), sent);
    }

    @Test
    void withoutASelectionTheCommandLineIsWrong() {
        assertEquals(2, gyre("create", "payments"));
        assertEquals(List.of(), requests);
    }

    @Test
    void aCampaignIsShownWithItsWavesAndWhatFailed() {
        answers.put("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        assertEquals(0, gyre("show", ID), errors());
        assertEquals("""
                payments   Running · wave 2 of 3 · 6 secrets
                Wave 2 of 3 has begun.

                  campaign        6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a
                  waits for       2 rotations of wave 2
                  selection       name db/*, type rds
                  goes on with    20 % failures at most
                  probe           https://health.example.com/ is green

                   wave   planned  running     done   failed  skipped
                      1         0        0        1        0        0
                      2         0        2        0        1        0
                      3         2        0        0        0        0
                    all         2        2        1        1        0

                Failed, or waiting for a person (./gyre rotation show ID tells more):
                  wave 2  db/orders  failed  6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a  The account is locked
                """, output());
    }

    @Test
    void ordersAreGivenAndARefusalIsTheApisSentence() {
        for (String verb : List.of("pause", "resume", "stop", "roll-back")) {
            answers.put("POST /operations/v1/campaigns/" + ID + "/" + verb, CAMPAIGN);
            assertEquals(0, gyre(verb, ID), errors());
        }
        answers.clear();
        assertEquals(1, gyre("pause", ID));
        assertEquals("gyre: There is nothing at POST /operations/v1/campaigns/" + ID + "/pause.\n", errors());
        assertEquals(2, gyre("pause", "no-id"));
    }

    @Test
    void aDryRunGoesThroughAllPagesAndItsStatusSaysWhetherAllWouldBegin() {
        answers.put("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        answers.put("POST /operations/v1/campaigns/" + ID + "/dry-run", """
                {"secrets":[{"place":1,"wave":1,"secretName":"db/a","passed":true,"report":["It is there."]}],
                 "nextToken":"1"}""");
        answers.put("POST /operations/v1/campaigns/" + ID + "/dry-run?nextToken=1", """
                {"secrets":[{"place":2,"wave":2,"secretName":"db/b","passed":PASSED,"report":[]
                             FINDING}]}""".replace("PASSED", "false")
                .replace("FINDING", ",\"finding\":\"It is stopped.\""));
        assertEquals(4, gyre("dry-run", ID), errors());
        assertEquals("""
                1 of 2 looked at.
                  db/b would not begin: It is stopped.
                2 of 2 looked at.
                1 would begin, 1 would not. Nothing was changed.
                """, output());
        answers.put("POST /operations/v1/campaigns/" + ID + "/dry-run", "{\"secrets\":[]}");
        assertEquals(0, gyre("dry-run", ID));
    }

    @Test
    void aDryRunAsJsonIsOneReport() throws Exception {
        answers.put("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        answers.put(
                "POST /operations/v1/campaigns/" + ID + "/dry-run",
                "{\"secrets\":[{\"place\":1,\"wave\":1,\"secretName\":\"db/a\",\"passed\":true,\"report\":[]}]}");
        assertEquals(0, gyre("dry-run", ID, "--json"));
        JsonNode report = JSON.readTree(output());
        assertEquals(1, report.path("wouldBegin").asInt());
        assertEquals(0, report.path("wouldNot").asInt());
        assertEquals("db/a", report.path("secrets").path(0).path("secretName").asText());
    }

    @Test
    void campaignsAndTheirSecretsAreListed() {
        answers.put("GET /operations/v1/campaigns?limit=20&state=Running", "{\"campaigns\":[" + CAMPAIGN + "]}");
        answers.put(
                "GET /operations/v1/campaigns/" + ID + "/secrets?limit=20&standing=skipped",
                "{\"secrets\":[{\"place\":1,\"wave\":1,\"secretName\":\"db/a\",\"standing\":\"skipped\","
                        + "\"note\":\"It was deleted before its wave began.\"}],\"nextToken\":\"1\"}");
        assertEquals(0, gyre("list", "--state=Running"), errors());
        assertTrue(output().contains(ID + "  payments                     Running       2/3"), output());
        assertEquals(0, gyre("secrets", ID, "--standing=skipped"), errors());
        assertTrue(
                output().contains("  wave 1  db/a  skipped  It was deleted before its wave began.\nThere are more:"),
                output());
    }
}
