package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Campaigns;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of campaigns: what they show to whom, and what is ordered by them. */
@QuarkusTest
class CampaignPagesTest {
    private static final String PAGE = "/console/campaigns";
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Campaigns campaigns;

    @Inject
    Rows rows;

    @AfterEach
    void stopThem() {
        campaigns.stopAll();
    }

    private String planned(int count) throws Exception {
        return campaigns.create(campaigns.over(campaigns.secrets(count, secrets::rdsSingle)));
    }

    private static String address(String id) {
        return PAGE + "/" + id;
    }

    private static Map<String, String> wanted(String form, String name, String pattern) {
        return new HashMap<>(Map.of(
                "form",
                form,
                "name",
                name,
                "secret",
                pattern,
                "canary",
                "1",
                "growth",
                "2",
                "waveLimit",
                "500",
                "soakMinutes",
                "0",
                "failures",
                "5",
                "overlapHours",
                "48"));
    }

    @Test
    void aCampaignIsListedAndShownWaveByWave() throws Exception {
        String id = planned(4);
        Browser browser = login.administrator();

        Answer list = browser.get(PAGE + "?state=Paused").expect(200);
        assertTrue(list.shows("href=\"" + address(id) + "\""), list.body());
        assertTrue(list.shows("<td class=\"number\">0 of 2</td> <td class=\"number\">0 of 4</td>"), list.body());
        Answer page = browser.get(address(id)).expect(200);
        assertTrue(page.shows("<span class=\"open\">paused · wave 0 of 2 · 0 of 4 secrets done</span>"), page.body());
        assertTrue(page.shows("Nothing has begun: look at what it is to rotate, then resume it."), page.body());
        assertTrue(page.shows("data-live=\"/console/live/campaigns/" + id + "\""), page.body());
        assertTrue(page.shows(">wave 2</a></th> <td><span class=\"open\">to come</span></td>"), page.body());
        assertTrue(page.shows("href=\"" + address(id) + "/resume\">Begin</a>"), page.body());
        assertFalse(page.shows(address(id) + "/pause"), page.body());
        Answer wave = browser.get(address(id) + "/secrets?wave=2").expect(200);
        assertEquals(3, wave.body().split("<span class=\"open\">planned</span>", -1).length - 1);
        assertTrue(browser.get(address(id) + "/secrets?standing=failed")
                .expect(200)
                .shows("No secret of it is like that"));
    }

    @Test
    void aCampaignIsBegunPausedAndRolledBackOnceSomebodyIsSure() throws Exception {
        String id = planned(2);
        Browser browser = login.administrator();
        Answer question = browser.get(address(id) + "/resume").expect(200);
        assertTrue(question.shows("while no more than 0 % fail: 2 secrets."), question.body());
        String form = question.field("form");
        assertEquals(0, campaigns.rotations(id).size());

        assertEquals(
                address(id),
                browser.post(address(id) + "/resume", Map.of("form", form)).location());
        String rotation = campaigns.awaitRotations(id, 1).get(0);
        Answer running = browser.get(address(id)).expect(200);
        assertTrue(running.shows("running · wave 1 of 2"), running.body());
        Answer begun = browser.get(address(id) + "/secrets?standing=running").expect(200);
        assertTrue(begun.shows("href=\"/console/rotations/" + rotation + "\""), begun.body());

        Answer pause = browser.get(address(id) + "/pause").expect(200);
        assertTrue(
                pause.shows("does not begin for now (1 secret); what is being rotated goes on (1 secret)."),
                pause.body());
        browser.post(address(id) + "/pause", Map.of("form", form)).location();
        assertEquals("Paused", campaigns.show(id).path("state").asText());
        assertTrue(browser.post(address(id) + "/pause", Map.of("form", form))
                .expect(409)
                .shows("Paused"));
        Answer back = browser.get(address(id) + "/roll-back").expect(200);
        assertTrue(
                back.shows("What is being rotated (1 secret), and the RAM secrets among what is done (0 secrets)"),
                back.body());
        assertTrue(back.shows("class=\"grave\">Roll back</button>"), back.body());
        browser.post(address(id) + "/roll-back", Map.of("form", form)).location();
        Answer rolling = browser.get(address(id)).expect(200);
        assertTrue(rolling.shows("rolling back · wave 1 of 2"), rolling.body());
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb ->> 'eventName' = 'RollBackCampaign'"
                                + " AND event::jsonb ->> 'eventType' = 'ConsoleOperation'"
                                + " AND event::jsonb #>> '{requestParameters,id}' = ?"
                                + " AND event::jsonb #>> '{additionalEventData,stage}' = 'Ended'",
                        id));
    }

    @Test
    void aCampaignIsMadeByTheFormAndNothingBegins() throws Exception {
        String prefix = campaigns.secrets(3, secrets::rdsSingle);
        Browser browser = login.administrator();
        String form = browser.get(PAGE + "/create").expect(200).field("form");

        String location = browser.post(PAGE + "/create", wanted(form, "<i>leak", prefix + "*"))
                .location();

        Answer page = browser.get(location).expect(200);
        assertTrue(page.shows("<h1>&lt;i&gt;leak</h1>"), page.body());
        assertTrue(page.shows("paused · wave 0 of 2 · 0 of 3 secrets done"), page.body());
        assertTrue(page.shows("<code>5 % failures at most</code>"), page.body());
        assertEquals(0, campaigns.rotationsOf(prefix));
    }

    @ParameterizedTest
    @CsvSource({
        "canary, many, 'canary is &quot;many&quot;: it must be a whole number.'",
        "canary, 1001, 'it must be a whole number from 1 to 1000.'",
        "secret, '<script>', 'it must be a secret&#39;s name'",
        "secret, '', 'give at least one of type, name, tagKey, instanceId and target'",
        "name, '', 'say what people are to call the campaign.'",
        "probe, 'http://elsewhere.example/', 'probeUrl'",
        "soakMinutes, 999999999, 'it must be a whole number from 0 to 604800.'"
    })
    void whatIsNoCampaignIsRefusedByItsRuleAndTheFormIsKept(String field, String value, String sentence) {
        Browser browser = login.administrator();
        String form = browser.get(PAGE + "/create").expect(200).field("form");
        Map<String, String> wanted = wanted(form, "kept", "nobody-has-this/*");
        wanted.put(field, value);
        Answer page = browser.post(PAGE + "/create", wanted).expect(400);
        assertTrue(page.shows(sentence), page.body());
        assertTrue(page.shows("value=\"" + (field.equals("name") ? "" : "kept") + "\""), page.body());
        assertFalse(page.body().contains("<script>\""), page.body());
    }

    @Test
    void whatIsNoCampaignIsToldInTheApisWords() {
        Browser browser = login.administrator();
        assertTrue(browser.get(address(UNKNOWN)).expect(404).shows("There is no campaign " + UNKNOWN));
        browser.get(address("1-2")).expect(400);
        browser.get(address(UNKNOWN) + "/destroy").expect(404);
        browser.get(address(UNKNOWN) + "/resume").expect(404);
        browser.get(address(UNKNOWN) + "/dry-run").expect(404);
        assertTrue(browser.get(PAGE + "?state=%3Cb%3E").expect(400).shows("it must be one of Running, Paused"));
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissing() throws Exception {
        String id = planned(1);
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        assertTrue(browser.get(PAGE).expect(403).shows("It needs gyre:ListCampaigns on"));
        assertTrue(browser.get(address(id)).expect(403).shows("It needs gyre:DescribeCampaign on"));
        assertTrue(browser.get(address(id) + "/secrets").expect(403).shows("It needs gyre:ListCampaignSecrets on"));
        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":[\"gyre:DescribeCampaign\",\"gyre:CreateCampaign\"],\"Resource\":\"*\"}]}"),
                user);
        String form = browser.get(address(id)).expect(200).field("form");
        String lacking = "It needs gyre:ResumeCampaign on";
        assertTrue(browser.get(address(id) + "/resume").expect(403).shows(lacking));
        assertTrue(browser.post(address(id) + "/resume", Map.of("form", form))
                .expect(403)
                .shows(lacking));
        assertTrue(browser.post(address(id) + "/dry-run", Map.of("form", form))
                .expect(403)
                .shows("It needs gyre:DryRunCampaign on"));
        Map<String, String> probing = wanted(form, "probing", "*");
        probing.put("probe", "https://health.example.com/");
        assertTrue(browser.post(PAGE + "/create", probing).expect(403).shows("It needs gyre:ProbeOfCampaign on"));
        assertEquals("Paused", campaigns.show(id).path("state").asText());
    }

    @Test
    void aFormOfAnotherSessionOrdersNothing() throws Exception {
        String id = planned(1);
        Browser browser = login.administrator();
        browser.get(address(id)).expect(200);
        browser.post(address(id) + "/resume", Map.of("form", "x")).expect(403);
        assertEquals("Paused", campaigns.show(id).path("state").asText());
    }
}
