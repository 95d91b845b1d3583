package io.gyre.api.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.LaidAside;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.event.Topics;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KafkaPagesTest {
    private static final String PAGE = "/console/kafka";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    LaidAside laidAside;

    @Inject
    Rows rows;

    private String letter(String value) throws Exception {
        return laidAside.letter(value.getBytes(StandardCharsets.UTF_8), "Not a <request>");
    }

    private static String address(String letter) {
        return PAGE + "/dead-letters/" + letter;
    }

    @Test
    void topicsAreShownAndWhatWasToldLately() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        Browser browser = login.administrator();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> browser.get(PAGE).expect(200).body().contains("secret/" + name + "<"));
        Answer page = browser.get(PAGE);
        for (Topics.Declaration topic : Topics.all()) {
            assertTrue(
                    page.shows(topic.name() + "</span></th> <td class=\"number\">" + topic.partitions() + "</td>"),
                    topic.name());
        }
        assertTrue(page.shows("Latest of " + Topics.EVENTS), page.body());
        assertTrue(page.shows("Latest of " + Topics.INSTANCE_EVENTS), page.body());
    }

    @Test
    void aDeadLetterIsShownAsItCame() throws Exception {
        String id = letter("<b>{\"rotationId\":");
        Browser browser = login.administrator();
        assertTrue(browser.get(PAGE).expect(200).body().contains("href=\"" + address(id) + "\""));
        Answer page = browser.get(address(id)).expect(200);
        assertTrue(page.shows("&lt;b&gt;{&quot;rotationId&quot;:"), page.body());
        assertTrue(page.shows("Not a &lt;request&gt;"), page.body());
        assertTrue(page.shows("gyre.rotation.requests.rds at offset 12"), page.body());
        browser.get(address("0-999999999")).expect(404);
        browser.get(address("first")).expect(400);
    }

    @Test
    void oneIsMendedAndReplayedOnceSomebodyIsSure() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        String rotation =
                String.valueOf(rows.activeRotation("rotation_id", name).get(0));
        String id = letter("{\"rotationId\":");
        Browser browser = login.administrator();
        String replay = address(id) + "/replay";
        assertTrue(browser.get(address(id)).body().contains("href=\"" + replay + "\""));
        Answer question = browser.get(replay).expect(200);
        assertTrue(question.shows("{&quot;rotationId&quot;:</textarea>"), question.body());

        String form = question.field("form");
        Answer refusal = browser.post(replay, Map.of("form", form, "value", "{\"rotationId\":"))
                .expect(409);
        assertTrue(refusal.shows("Dead letter " + id + " is no request for a rotation"), refusal.body());
        browser.post(replay, Map.of("value", "{}")).expect(403);

        String mended = "{\"rotationId\":\"" + rotation + "\",\"secretArn\":\"acs:kms:cn-hangzhou:" + Identities.ACCOUNT
                + ":secret/" + name + "\",\"rotationType\":\"rds\"}";
        Answer sent =
                browser.post(replay, Map.of("form", form, "value", mended)).expect(200);
        assertTrue(sent.shows("Sent to gyre.rotation.requests.rds: a worker hears of the rotation."), sent.body());
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb ->> 'eventName' = 'ReplayDeadLetter'"
                                + " AND event::jsonb -> 'additionalEventData' ->> 'stage' = 'Ended'"
                                + " AND event::jsonb -> 'errorCode' IS NULL AND event LIKE '%' || ? || '%'",
                        id));
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissing() throws Exception {
        String id = letter("of no request");
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        Answer page = browser.get(PAGE).expect(200);
        for (String operation : new String[] {"ListTopics", "ListLatestEvents", "ListDeadLetters"}) {
            assertTrue(page.shows("It needs gyre:" + operation + " on"), operation);
        }
        assertFalse(page.body().contains("<table"), page.body());
        assertTrue(browser.get(address(id)).expect(403).shows("It needs gyre:DescribeDeadLetter on"));

        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"gyre:DescribeDeadLetter\",\"Resource\":\"*\"}]}"),
                user);
        Answer question = browser.get(address(id) + "/replay").expect(403);
        assertTrue(question.shows("It needs gyre:ReplayDeadLetter on"), question.body());
    }
}
