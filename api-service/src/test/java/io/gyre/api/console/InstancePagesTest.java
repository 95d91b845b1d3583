package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of KMS instances, and that of the audit log. */
@QuarkusTest
class InstancePagesTest {
    private static final String PAGE = "/console/instances";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    /** The row of one instance, from its name to its end. */
    private static String row(Answer page, String id) {
        int from = page.body().indexOf("title=\"" + id + "\"");
        assertTrue(from >= 0, page.body());
        return page.body().substring(from, page.body().indexOf("</tr>", from));
    }

    @Test
    void anInstanceSaysWhenItExpiresAndIsRenewedByItsPage() throws Exception {
        String id = instances.create("{\"name\":\"<i>renewed\",\"days\":20}");
        Browser browser = login.administrator();
        String row = row(browser.get(PAGE).expect(200), id);
        assertTrue(row.contains("&lt;i&gt;renewed"), row);
        assertTrue(row.contains("<span class=\"late\">running</span>"), row);
        assertTrue(row.contains("expires <time") && row.contains("in 19 d 23 h"), row);

        Answer question = browser.get(PAGE + "/" + id + "/renew").expect(200);
        assertEquals(
                PAGE,
                browser.post(PAGE + "/" + id + "/renew", Map.of("form", question.field("form"), "days", "100"))
                        .location());
        assertTrue(row(browser.get(PAGE), id).contains("in 119 d 23 h"));
    }

    @Test
    void oneThatHasExpiredSaysWhenItsKeysAreDestroyed() throws Exception {
        String id = instances.create("{\"name\":\"expired\",\"days\":30}");
        instances.expire(id, 1);
        String row = row(login.administrator().get(PAGE).expect(200), id);
        assertTrue(row.contains("<span class=\"failed\">expired</span>"), row);
        assertTrue(row.contains("its keys are destroyed <time"), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3651", "-5", "many", ""})
    void aRenewalOfNoSuchLengthIsRefusedByItsRule(String days) throws Exception {
        String id = instances.create("{\"name\":\"not renewed\",\"days\":20}");
        Browser browser = login.administrator();
        String form = browser.get("/console/").field("form");
        Answer refusal = browser.post(PAGE + "/" + id + "/renew", Map.of("form", form, "days", days))
                .expect(400);
        assertTrue(refusal.shows("give days of the calendar, from 1 to 3650."), refusal.body());
        assertTrue(row(browser.get(PAGE), id).contains("in 19 d 23 h"));
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissing() throws Exception {
        String id = instances.create("{\"name\":\"kept\",\"days\":20}");
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        assertTrue(browser.get(PAGE).expect(403).shows("It needs gyre:ListInstances on"));
        assertTrue(browser.get("/console/audit").expect(403).shows("It needs gyre:ListLatestAuditLines on"));
        String form = browser.get("/console/").field("form");
        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"gyre:ListInstances\",\"Resource\":\"*\"}]}"),
                user);
        assertTrue(browser.post(PAGE + "/" + id + "/renew", Map.of("form", form, "days", "100"))
                .expect(403)
                .shows("It needs gyre:RenewInstance on"));
        assertTrue(row(browser.get(PAGE), id).contains("in 19 d 23 h"));
        browser.get(PAGE + "/kst-nobody/renew").expect(404);
    }

    @Test
    void theLatestLinesOfTheAuditLogAreShown() throws Exception {
        String user = identities.user();
        Browser stranger = login.as(identities.keyOf(user));
        stranger.get("/console/rotations").expect(403);
        Answer page = login.administrator().get("/console/audit?limit=200").expect(200);
        assertTrue(page.shows("<td class=\"name\">" + user + "</td> <td>ListRotations</td>"), page.body());
        assertTrue(page.shows("<span class=\"failed\">Denied</span>"), page.body());
        Answer refusal =
                login.administrator().get("/console/audit?limit=%22%3E%3Cb%3E").expect(400);
        assertTrue(refusal.shows("it must be a whole number from 1 to 200."), refusal.body());
        assertFalse(refusal.body().contains("\"><b>"), refusal.body());
    }
}
