package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of one secret: what it shows to whom, and what its buttons do. */
@QuarkusTest
class SecretPageTest {
    private static final String PAGE = "/console/secret";

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

    private static Answer page(Browser browser, String name) {
        return browser.get(PAGE + "?" + Browser.encoded(Map.of("name", name)));
    }

    private static Answer press(Browser browser, String name, String button, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("form", browser.get("/console/").field("form"));
        form.put("name", name);
        form.put("do", button);
        return browser.post(PAGE, form);
    }

    private List<String> told(String user) {
        return rows.texts(
                "SELECT event::jsonb ->> 'eventName' || ' ' || (event::jsonb #>> '{additionalEventData,stage}') FROM audit_line"
                        + " WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                        + " AND event::jsonb ->> 'eventType' IN ('ApiCall', 'ConsoleOperation') ORDER BY chain_no, line",
                user);
    }

    @Test
    void aSecretIsShownWithItsVersionsItsPolicyAndNoValue() throws Exception {
        String name = secrets.create(secrets.rdsDouble()
                .setSecretName("secret-page/shown")
                .setEnableAutomaticRotation(true)
                .setRotationInterval("604800s"));
        Answer page = page(login.administrator(), name).expect(200);
        assertTrue(page.shows("<li>ACSCurrent <ul> <li><code>v1</code>"), page.body());
        assertTrue(page.shows("<li>ACSPrevious <ul> <li><code>"), page.body());
        assertTrue(page.shows("<p>Every 7 d.</p>"), page.body());
        assertEquals(
                5,
                Pattern.compile("<li><time datetime=\"[^\"]*\" title=\"[^\"]*\">in ")
                        .matcher(page.body())
                        .results()
                        .count());
        assertTrue(page.shows("It was not rotated yet"), page.body());
        assertFalse(page.body().contains("rds-password"), page.body());
    }

    @Test
    void theValueIsShownOnceItsButtonIsPressedAndIsToldToTheAuditLog() throws Exception {
        String name = secrets.create(
                secrets.generic().setSecretName("secret-page/value").setSecretData("<b>first & only</b>"));
        String user = identities.user();
        identities.attachToUser("AdministratorAccess", user);
        Browser browser = login.as(identities.keyOf(user));

        Answer before = page(browser, name).expect(200);
        assertFalse(before.body().contains("first"), before.body());
        assertFalse(told(user).contains("GetSecretValue Ended"));
        Answer shown = press(browser, name, "value", Map.of()).expect(200);

        assertTrue(shown.body().contains("&lt;b&gt;first &amp; only&lt;/b&gt;"), shown.body());
        assertEquals("no-store", shown.header("cache-control"));
        assertTrue(told(user).contains("GetSecretValue Ended"), told(user).toString());
        assertFalse(rows.everything().contains("first & only"));
        assertFalse(page(browser, name).body().contains("first"));
    }

    @Test
    void whoMayNotReadTheValueReadsWhichPermissionIsMissing() throws Exception {
        String name = secrets.create(secrets.generic().setSecretName("secret-page/hidden"));
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        String arn = "acs:kms:cn-hangzhou:" + Identities.ACCOUNT + ":secret/" + name;

        assertTrue(page(browser, name).expect(403).shows("It needs kms:DescribeSecret on " + arn));
        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"kms:DescribeSecret\",\"Resource\":\"*\"}]}"),
                user);
        Answer part = page(browser, name).expect(200);
        assertTrue(part.shows("It needs kms:ListSecretVersionIds on " + arn), part.body());
        Answer refusal = press(browser, name, "value", Map.of()).expect(403);
        assertTrue(refusal.shows("It needs kms:GetSecretValue on " + arn), refusal.body());
        assertFalse(refusal.body().contains("first value"), refusal.body());
        assertTrue(told(user).contains("GetSecretValue Denied"), told(user).toString());
    }

    @Test
    void aRotationIsBegunByAButtonAndASecondOneIsRefusedInTheApisWords() throws Exception {
        String name = secrets.create(secrets.rdsSingle().setSecretName("secret-page/rotated"));
        Browser browser = login.administrator();

        assertEquals(
                "/console/secret?name=secret-page%2Frotated",
                press(browser, name, "rotate", Map.of()).location());
        String id = String.valueOf(rows.activeRotation("rotation_id", name).get(0));
        Answer page = page(browser, name).expect(200);
        assertTrue(page.shows("<a href=\"/console/rotations/" + id + "\">"), page.body());

        Answer refusal = press(browser, name, "rotate", Map.of());
        assertTrue(refusal.status() >= 400, "status " + refusal.status());
        assertTrue(refusal.shows("Your secret is being rotated, please try again later"), refusal.body());
        assertEquals(1, rows.activeRotation("rotation_id", name).size());
        Answer policy = press(browser, name, "policy", Map.of("interval", "7d"));
        assertTrue(policy.shows("Your secret is being rotated, please try again later"), policy.body());
    }

    @Test
    void aPolicyIsSeenInItsDatesBeforeItIsSet() throws Exception {
        String name = secrets.create(secrets.rdsDouble().setSecretName("secret-page/policy"));
        Browser browser = login.administrator();
        String preview = PAGE + "?" + Browser.encoded(Map.of("name", name, "interval", "30d"));

        Answer seen = browser.get(preview).expect(200);
        assertTrue(seen.shows("With a rotation every 30 d, nothing is changed yet:"), seen.body());
        assertTrue(seen.shows("<p>No policy rotates it.</p>"), seen.body());
        assertFalse(seen.shows("UpdateSecretRotationPolicy"), "the page has a field for it");
        assertEquals("Disabled", rows.text("SELECT rotation_status FROM secret WHERE name = ?", name));

        press(browser, name, "policy", Map.of("interval", "2592000s")).location();
        assertEquals("Enabled", rows.text("SELECT rotation_status FROM secret WHERE name = ?", name));
        assertTrue(page(browser, name).shows("<p>Every 30 d.</p>"));
        press(browser, name, "policy", Map.of("interval", "")).location();
        assertEquals("Disabled", rows.text("SELECT rotation_status FROM secret WHERE name = ?", name));
    }

    @ParameterizedTest
    @CsvSource({
        "'1h', 'it must be from 6h to 365d'",
        "'\"><script>', 'it must be from 6h to 365d'",
        "x, 'it must be from'"
    })
    void aPolicyThatCannotBeIsRefusedByItsRule(String interval, String rule) throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        Browser browser = login.administrator();
        Answer page = browser.get(PAGE + "?" + Browser.encoded(Map.of("name", name, "interval", interval)))
                .expect(400);
        assertTrue(page.shows(rule), page.body());
        assertFalse(page.body().contains("<script>"), page.body());
        press(browser, name, "policy", Map.of("interval", interval)).expect(400);
        assertEquals("Disabled", rows.text("SELECT rotation_status FROM secret WHERE name = ?", name));
    }

    @Test
    void aDryRunTellsWhatAWorkerSaw() throws Exception {
        CreateSecretRequest request = secrets.rdsSingle()
                .setSecretName("secret-page/tried")
                .setSecretData(
                        "{\"Accounts\":[{\"AccountName\":\"tried_by_console\",\"AccountPassword\":\"rds-password-1\"}]}");
        String name = secrets.create(request);
        Browser browser = login.administrator();
        CompletableFuture<String> look =
                worker.inspects("tried_by_console", "Instance rm-1: Running.", "Account <b> is locked. Unlock it.");
        Answer page = press(browser, name, "dry-run", Map.of()).expect(200);
        look.get(30, TimeUnit.SECONDS);
        assertTrue(page.shows("A rotation would not begin: Account &lt;b&gt; is locked. Unlock it."), page.body());
        assertTrue(page.shows("<p>Instance rm-1: Running.</p>"), page.body());
        assertEquals(0, rows.activeRotation("rotation_id", name).size());
    }

    @Test
    void aSecretThatIsNotRotatedHasNoButtonsForIt() throws Exception {
        Answer page =
                page(login.administrator(), secrets.create(secrets.generic())).expect(200);
        assertTrue(page.shows("value=\"value\">Show the value</button>"), page.body());
        assertFalse(page.shows("Rotate now"), page.body());
        assertFalse(page.shows("Rotation policy"), page.body());
    }

    @Test
    void whatIsNoSecretIsToldInTheApisWords() {
        Browser browser = login.administrator();
        assertTrue(page(browser, "nobody-has-this-name").expect(404).shows("Resource not found."));
        assertTrue(page(browser, "<script>").status() >= 400);
        assertFalse(page(browser, "<script>alert(1)").body().contains("<script>alert"));
        browser.get(PAGE).expect(400);
        press(browser, "nobody-has-this-name", "destroy", Map.of()).expect(404);
    }

    @Test
    void getDoesNothingWhateverItSays() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        Browser browser = login.administrator();
        Answer page = browser.get(PAGE + "?" + Browser.encoded(Map.of("name", name, "do", "value")))
                .expect(200);
        assertFalse(page.body().contains("rds-password"), page.body());
        browser.get(PAGE + "?" + Browser.encoded(Map.of("name", name, "do", "rotate")))
                .expect(200);
        assertEquals(0, rows.activeRotation("rotation_id", name).size());
        browser.post(PAGE, Map.of("form", "x", "name", name, "do", "rotate")).expect(403);
        assertEquals(0, rows.activeRotation("rotation_id", name).size());
    }
}
