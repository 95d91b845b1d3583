package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.RotationPicture;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of rotations: what they show to whom, and what is ordered by them. */
@QuarkusTest
class RotationPagesTest {
    private static final String PAGE = "/console/rotations";
    private static final Pattern ROW = Pattern.compile("<th scope=\"row\"><a href=\"[^\"]*\">([^<]*)</a></th>");
    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    PlayedWorker worker;

    @Inject
    Rows rows;

    private static List<String> names(Answer page) {
        return ROW.matcher(page.body()).results().map(found -> found.group(1)).toList();
    }

    private static String address(String rotation) {
        return PAGE + "/" + rotation;
    }

    @Test
    void aRotationIsDrawnWithItsCredentialsItsTimelineAndNoValue() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        String id = secrets.rotate(name);
        worker.names(id, "app_b");
        worker.step(id, "Running", "Looking at the instance and the account");

        Answer page = login.administrator().get(address(id)).expect(200);

        assertTrue(
                page.shows("<h1 class=\"name\"><a href=\"/console/secret?name=" + name + "\">" + name + "</a></h1>"),
                page.body());
        assertTrue(page.shows("aria-label=\"app_a is current. app_b does not work.\""), page.body());
        assertTrue(page.shows("Looking at the instance and the account"), page.body());
        assertTrue(page.shows("worker-1"), page.body());
        assertTrue(page.shows("data-live=\"/console/live/rotations/" + id + "\""), page.body());
        assertTrue(page.shows("href=\"" + address(id) + "/roll-back\">Roll back</a>"), page.body());
        assertFalse(page.body().contains("rds-password"), page.body());
    }

    @Test
    void whatALookFoundIsTextOnThePage() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        worker.findsLate(id, "<script>alert(1)</script> is there. It means this. Do \"that\".");

        Answer page = login.administrator().get(address(id)).expect(200);

        assertTrue(page.shows("&lt;script&gt;alert(1)&lt;/script&gt; is there."), page.body());
        assertTrue(page.shows("<dt>Do</dt><dd>Do &quot;that&quot;."), page.body());
        assertFalse(page.body().contains("<script>alert"), page.body());
    }

    @Test
    void namesAreTextInTheDrawing() {
        Instant begin = Instant.parse("2026-03-02T10:00:00Z");
        RotationPicture hostile = RotationPicture.of(new Course(
                "DoubleUsers", "<b>\"'&", "</svg><script>", begin, begin.plusSeconds(9), false, null, List.of()));
        String svg = Templates.drawing(RotationDrawing.whole(hostile)).render();
        assertTrue(svg.contains("&lt;b&gt;&quot;&#39;&amp;"), svg);
        assertFalse(svg.contains("<script>"), svg);
        assertFalse(svg.contains("<b>"), svg);
    }

    @Test
    void theListIsNarrowedByStateAndByName() throws Exception {
        String running = secrets.create(secrets.rdsSingle().setSecretName("console-listed/running"));
        String waiting = secrets.create(secrets.rdsSingle().setSecretName("console-listed/waiting"));
        secrets.rotate(running);
        worker.step(secrets.rotate(waiting), "Waiting", "The account is locked.");
        Browser browser = login.administrator();

        assertEquals(
                List.of(waiting, running),
                names(browser.get(PAGE + "?secret=console-listed/").expect(200)));
        Answer waits =
                browser.get(PAGE + "?state=waiting&secret=console-listed/").expect(200);
        assertEquals(List.of(waiting), names(waits));
        assertTrue(waits.shows("aria-current=\"true\">waiting</a>"), waits.body());
        assertTrue(waits.shows("<span class=\"late\">waits for a person</span>"), waits.body());
        Answer first = browser.get(PAGE + "?secret=console-listed/&limit=1").expect(200);
        assertEquals(List.of(waiting), names(first));
        String next = Pattern.compile("<a href=\"([^\"]*)\" rel=\"next\">")
                .matcher(first.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow()
                .replace("&amp;", "&");
        assertEquals(List.of(running), names(browser.get(next).expect(200)));
    }

    @Test
    void anEmptyListSaysWhatWouldBeThere() {
        Answer nothing =
                login.administrator().get(PAGE + "?secret=nobody-has-this-name").expect(200);
        assertTrue(
                nothing.shows("No rotation is like that: <a href=\"/console/rotations\">see all</a>."), nothing.body());
    }

    @ParameterizedTest
    @CsvSource({
        "state, '<b>asleep</b>', 'it must be one of running, waiting, late, failed, succeeded.'",
        "secret, '\"><script>alert(1)</script>', 'it must be the beginning of a secret&#39;s name'",
        "limit, '0\" autofocus onfocus=\"alert(1)', 'it must be a whole number from 1 to 200.'",
        "nextToken, '<i>*</i>', 'give one that a list answered with, unchanged.'"
    })
    void whatCannotBeAskedForIsToldInTheApisWordsAndRunsNowhere(String parameter, String hostile, String sentence) {
        Answer page = login.administrator()
                .get(PAGE + "?" + Browser.encoded(Map.of(parameter, hostile)))
                .expect(400);
        assertTrue(page.shows(sentence), page.body());
        assertFalse(page.body().contains(hostile), page.body());
        assertFalse(
                Pattern.compile("<script>|<b>|<i>|\" onfocus=")
                        .matcher(page.body())
                        .find(),
                page.body());
    }

    @Test
    void whatIsNoRotationIsToldInTheApisWords() {
        Browser browser = login.administrator();
        assertTrue(browser.get(address(UNKNOWN)).expect(404).shows("There is no rotation " + UNKNOWN));
        assertTrue(browser.get(address("1-2")).expect(400).shows("it must be a UUID"));
        assertTrue(browser.get(address(UNKNOWN) + "/retry").expect(404).shows("There is no rotation " + UNKNOWN));
        assertTrue(browser.get(address(UNKNOWN) + "/destroy").expect(404).shows("There is no such page"));
        browser.get(address("%00") + "/retry").expect(400);
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissing() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        String arn = "acs:gyre:cn-hangzhou:" + Identities.ACCOUNT + ":";

        assertTrue(browser.get(PAGE).expect(403).shows("It needs gyre:ListRotations on " + arn + "rotations, which"));
        assertTrue(browser.get(address(id))
                .expect(403)
                .shows("It needs gyre:DescribeRotation on " + arn + "rotations/" + id + ", which"));
        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"gyre:DescribeRotation\",\"Resource\":\"*\"}]}"),
                user);
        String form = browser.get(address(id)).expect(200).field("form");
        String lacking = "It needs gyre:RetryRotation on " + arn + "rotations/" + id + "/retry, which";
        assertTrue(browser.get(address(id) + "/retry").expect(403).shows(lacking));
        assertTrue(browser.post(address(id) + "/retry", Map.of("form", form))
                .expect(403)
                .shows(lacking));
        assertEquals(
                0,
                rows.count(
                        "SELECT count(*) FROM rotation WHERE rotation_id = CAST(? AS uuid) AND ordered IS NOT NULL",
                        id));
    }

    @Test
    void anOrderIsGivenOnceSomebodyIsSure() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsDouble()));
        Browser browser = login.administrator();
        Answer question = browser.get(address(id) + "/roll-back").expect(200);
        assertTrue(question.shows("The new credential (version v2) is destroyed at its target"), question.body());
        assertTrue(question.shows("<code>version v2</code>"), question.body());
        assertEquals(
                0,
                rows.count(
                        "SELECT count(*) FROM rotation WHERE rotation_id = CAST(? AS uuid) AND ordered IS NOT NULL",
                        id));

        CompletableFuture<Void> taken = worker.takesOrder(id, "Failed", "Rolled back.");
        assertEquals(
                address(id),
                browser.post(address(id) + "/roll-back", Map.of("form", question.field("form")))
                        .location());
        taken.get(30, TimeUnit.SECONDS);
        Answer after = browser.get(address(id)).expect(200);
        assertTrue(after.shows("Rolled back."), after.body());
        assertFalse(after.shows("/roll-back\""), after.body());
        assertTrue(browser.post(address(id) + "/retry", Map.of("form", question.field("form")))
                .expect(409)
                .shows("has ended (Failed), so nothing can be ordered of it"));
        assertEquals(
                List.of(id),
                rows.texts(
                        "SELECT event::jsonb #>> '{requestParameters,id}' FROM audit_line"
                                + " WHERE event::jsonb ->> 'eventName' = 'RollBackRotation'"
                                + " AND event::jsonb ->> 'eventType' = 'ConsoleOperation'"
                                + " AND event::jsonb #>> '{requestParameters,id}' = ?"
                                + " AND event::jsonb #>> '{additionalEventData,stage}' = 'Ended'",
                        id));
    }

    @ParameterizedTest
    @CsvSource({
        "48, 303, ''",
        "0, 400, 'give the seconds of the extension'",
        "169, 400, 'give the seconds of the extension'",
        "9223372036854775807, 400, 'has no seconds'",
        "many, 400, 'has no seconds'",
        "'', 400, 'has no seconds'"
    })
    void anExtensionIsBetweenTenMinutesAndAWeek(String hours, int status, String sentence) throws Exception {
        String id = secrets.rotate(secrets.create(secrets.ram()));
        Browser browser = login.administrator();
        String form = browser.get(address(id) + "/extend").expect(200).field("form");
        CompletableFuture<Void> taken =
                status == 303 ? worker.takesOrder(id, "Running", "Extended.") : CompletableFuture.completedFuture(null);

        Answer answer = browser.post(address(id) + "/extend", Map.of("form", form, "hours", hours))
                .expect(status);

        taken.get(30, TimeUnit.SECONDS);
        assertTrue(answer.shows(sentence), answer.body());
    }

    @Test
    void aFormOfAnotherSiteOrWithoutTheSessionsTokenOrdersNothing() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        Browser browser = login.administrator();
        String form = browser.get(address(id)).expect(200).field("form");
        browser.post(address(id) + "/give-up", Map.of("form", "x")).expect(403);
        browser.post(
                        address(id) + "/give-up",
                        Map.of("form", form),
                        new HashMap<>(Map.of("Sec-Fetch-Site", "cross-site", "Origin", "null")))
                .expect(403);
        browser.get(address(id) + "/give-up?form=" + form).expect(200);
        assertEquals(
                0,
                rows.count(
                        "SELECT count(*) FROM rotation WHERE rotation_id = CAST(? AS uuid) AND ordered IS NOT NULL",
                        id));
    }
}
