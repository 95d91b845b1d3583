package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

    @RegisterExtension
    private final PlayedApi api = new PlayedApi();

    private int gyre(String... arguments) {
        return api.gyre(
                Stream.concat(Stream.of("campaigns"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void aCampaignIsMadeAsTheOptionsSay() throws Exception {
        api.answer("POST /operations/v1/campaigns", CAMPAIGN);
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
                api.errors());
        JsonNode sent = JSON.readTree(api.requests().get(0).substring("POST /operations/v1/campaigns ".length()));
        assertEquals(JSON.readTree("""
                {"name":"payments","start":true,"canary":2,"growth":3,"waveLimit":500,"soakSeconds":3600,
                 "failuresPercent":5,"overlapSeconds":172800,"probeUrl":"https://health.example.com/",
                 "selection":{"name":"db/*","tagKey":"team","tagValue":"payments","target":"rm-1"}}
                """), sent);
    }

    @Test
    void withoutASelectionTheCommandLineIsWrong() {
        assertEquals(2, gyre("create", "payments"));
        assertEquals(List.of(), api.requests());
    }

    @Test
    void aCampaignIsShownWithItsWavesAndWhatFailed() {
        api.answer("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        assertEquals(0, gyre("show", ID), api.errors());
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
                """, api.output());
    }

    @Test
    void ordersAreGivenAndARefusalIsTheApisSentence() {
        for (String verb : List.of("pause", "resume", "stop", "roll-back")) {
            api.answer("POST /operations/v1/campaigns/" + ID + "/" + verb, CAMPAIGN);
            assertEquals(0, gyre(verb, ID), api.errors());
        }
        api.answerNothing();
        assertEquals(1, gyre("pause", ID));
        assertEquals("gyre: There is nothing at POST /operations/v1/campaigns/" + ID + "/pause.\n", api.errors());
        assertEquals(2, gyre("pause", "no-id"));
    }

    @Test
    void aDryRunGoesThroughAllPagesAndItsStatusSaysWhetherAllWouldBegin() {
        api.answer("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        api.answer("POST /operations/v1/campaigns/" + ID + "/dry-run", """
                {"secrets":[{"place":1,"wave":1,"secretName":"db/a","passed":true,"report":["It is there."]}],
                 "nextToken":"1"}""");
        api.answer("POST /operations/v1/campaigns/" + ID + "/dry-run?nextToken=1", """
                {"secrets":[{"place":2,"wave":2,"secretName":"db/b","passed":PASSED,"report":[]
                             FINDING}]}""".replace("PASSED", "false")
                .replace("FINDING", ",\"finding\":\"It is stopped.\""));
        assertEquals(4, gyre("dry-run", ID), api.errors());
        assertEquals("""
                1 of 2 looked at.
                  db/b would not begin: It is stopped.
                2 of 2 looked at.
                1 would begin, 1 would not. Nothing was changed.
                """, api.output());
        api.answer("POST /operations/v1/campaigns/" + ID + "/dry-run", "{\"secrets\":[]}");
        assertEquals(0, gyre("dry-run", ID));
    }

    @Test
    void aDryRunAsJsonIsOneReport() throws Exception {
        api.answer("GET /operations/v1/campaigns/" + ID, CAMPAIGN);
        api.answer(
                "POST /operations/v1/campaigns/" + ID + "/dry-run",
                "{\"secrets\":[{\"place\":1,\"wave\":1,\"secretName\":\"db/a\",\"passed\":true,\"report\":[]}]}");
        assertEquals(0, gyre("dry-run", ID, "--json"));
        JsonNode report = JSON.readTree(api.output());
        assertEquals(1, report.path("wouldBegin").asInt());
        assertEquals(0, report.path("wouldNot").asInt());
        assertEquals("db/a", report.path("secrets").path(0).path("secretName").asText());
    }

    @Test
    void campaignsAndTheirSecretsAreListed() {
        api.answer("GET /operations/v1/campaigns?limit=20&state=Running", "{\"campaigns\":[" + CAMPAIGN + "]}");
        api.answer(
                "GET /operations/v1/campaigns/" + ID + "/secrets?limit=20&standing=skipped",
                "{\"secrets\":[{\"place\":1,\"wave\":1,\"secretName\":\"db/a\",\"standing\":\"skipped\","
                        + "\"note\":\"It was deleted before its wave began.\"}],\"nextToken\":\"1\"}");
        assertEquals(0, gyre("list", "--state=Running"), api.errors());
        assertTrue(api.output().contains(ID + "  payments                     Running       2/3"), api.output());
        assertEquals(0, gyre("secrets", ID, "--standing=skipped"), api.errors());
        assertTrue(
                api.output()
                        .contains("  wave 1  db/a  skipped  It was deleted before its wave began.\nThere are more:"),
                api.output());
    }
}
