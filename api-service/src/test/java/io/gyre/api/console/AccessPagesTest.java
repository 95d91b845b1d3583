package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.UpdateUserRequest;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of users, roles, policies and access points, and the one that tells who may do what. */
@QuarkusTest
class AccessPagesTest {
    private static final String PAGE = "/console/access";
    private static final String READERS =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:ListSecrets\",\"Resource\":\"*\"},"
                    + "{\"Effect\":\"Allow\",\"Action\":\"kms:GetSecretValue\",\"Resource\":\"*\"}]}";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    AccessPoints points;

    @Inject
    Rows rows;

    private static String identity(String principal) {
        return PAGE + "/identity?" + Browser.encoded(Map.of("principal", principal));
    }

    private static String policy(String type, String name) {
        return PAGE + "/policy?" + Browser.encoded(Map.of("type", type, "name", name));
    }

    private static String may(String principal, String action, String resource) {
        return PAGE + "/test?"
                + Browser.encoded(Map.of("principal", principal, "action", action, "resource", resource));
    }

    @Test
    void aUserIsShownWithKeysLastUseAndPoliciesButNoSecretHalf() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        String attached = identities.policy(READERS);
        identities.attachCustom(attached, user);
        clients.ram().updateUser(new UpdateUserRequest().setUserName(user).setNewComments("<b>of the shop"));
        Browser browser = login.administrator();

        Answer unused = browser.get(identity("user/" + user)).expect(200);
        assertTrue(
                unused.shows("<th scope=\"row\">" + key.id() + "</th> <td><span class=\"works\">active</span></td>"));
        assertTrue(unused.shows("<span class=\"nothing\">never</span>"), unused.body());
        rows.change(
                "UPDATE access_key SET last_used_at = clock_timestamp() - interval '3 hours' WHERE access_key_id = '"
                        + key.id() + "'");
        Answer page = browser.get(identity("user/" + user)).expect(200);

        assertTrue(page.shows("3 h 0 min ago</time>"), page.body());
        assertTrue(page.shows(">" + attached + "</a></th> <td>Custom</td>"), page.body());
        assertTrue(page.shows("<dd>&lt;b&gt;of the shop</dd>"), page.body());
        assertTrue(page.shows("none: the user logs in by ./gyre console"), page.body());
        assertTrue(page.shows("href=\"/console/access/test?principal=user%2F" + user + "\""), page.body());
        assertFalse(page.body().contains(key.secret()), page.body());
    }

    @Test
    void aRoleIsShownWithWhoMayTakeItOn() throws Exception {
        String role = identities.role(Identities.root());
        identities.attach("AliyunKMSReadOnlyAccess", role);
        Answer page = login.administrator().get(identity("role/" + role)).expect(200);
        assertTrue(page.shows("&quot;RAM&quot; : [ &quot;" + Identities.root() + "&quot; ]"), page.body());
        assertTrue(page.shows("AliyunKMSReadOnlyAccess</a></th> <td>System</td>"), page.body());
        assertFalse(page.shows("AccessKeys</h2>"), page.body());
    }

    @Test
    void theListLeadsToEach() throws Exception {
        String user = identities.user();
        String role = identities.role(Identities.root());
        Browser browser = login.administrator();
        assertTrue(all(browser, PAGE, "users")
                .contains("href=\"/console/access/identity?principal=user%2F" + user + "\""));
        assertTrue(all(browser, PAGE, "roles")
                .contains("href=\"/console/access/identity?principal=role%2F" + role + "\""));
    }

    /** What a list shows on its pages together: other tests' identities are on it too. */
    private static String all(Browser browser, String address, String list) {
        StringBuilder all = new StringBuilder();
        String next = address;
        while (!next.isEmpty()) {
            String body = browser.get(next).expect(200).body();
            all.append(body);
            int at = body.indexOf("href=\"/console/access?" + list + "=");
            next = at < 0 ? "" : body.substring(at + "href=\"".length(), body.indexOf('"', at + "href=\"".length()));
        }
        return all.toString();
    }

    @Test
    void aPolicyIsShownStatementByStatementWithWhomItSpeaksFor() throws Exception {
        String name = identities.policy(READERS);
        String user = identities.user();
        identities.attachCustom(name, user);
        Browser browser = login.administrator();
        Answer page = browser.get(policy("Custom", name)).expect(200);
        assertTrue(page.shows("<h2 id=\"statement-2\">Statement 2</h2>"), page.body());
        assertTrue(page.shows("&quot;Action&quot; : &quot;kms:GetSecretValue&quot;"), page.body());
        assertTrue(page.shows("href=\"/console/access/identity?principal=user%2F" + user + "\">user/" + user + "</a>"));
        assertTrue(browser.get(policy("System", "AliyunKMSReadOnlyAccess"))
                .expect(200)
                .shows("which comes with Gyre and cannot be changed"));
        browser.get(policy("Custom", "nobody-has-it")).expect(404);
        browser.get(identity("user/nobody-has-it")).expect(404);
        browser.get(identity("group/all")).expect(404);
    }

    @Test
    void anAccessPointIsShownWithItsKeysAndWhatItsPoliciesPermitFromWhere() throws Exception {
        String rule = points.networkRule("[\"10.1.0.0/16\"]");
        String policy = points.policy(instances.create(), "[\"secret/orders\"]", rule);
        String point = points.accessPoint(policy);
        String key = points.login(point).clientKeyId();
        Browser browser = login.administrator();

        Answer page = browser.get(PAGE + "/point?name=" + point).expect(200);

        assertTrue(page.shows("<th scope=\"row\">" + key + "</th> <td><span class=\"works\">logs in</span></td>"));
        assertTrue(page.shows("<code>secret/orders</code>"), page.body());
        assertTrue(page.shows("<span class=\"name\">" + rule + "</span>: <code>10.1.0.0/16</code>"), page.body());
        rows.change(
                "UPDATE client_key SET not_before = clock_timestamp() - interval '2 hours', not_after = clock_timestamp() - interval '1 hour' WHERE client_key_id = '"
                        + key + "'");
        assertTrue(
                browser.get(PAGE + "/point?name=" + point).expect(200).shows("<span class=\"failed\">expired</span>"));
        browser.get(PAGE + "/points").expect(200);
    }

    @Test
    void theTesterLeadsToTheStatementThatDecides() throws Exception {
        String secret = secrets.create(secrets.generic());
        String user = identities.user();
        String policy = identities.policy(READERS);
        Browser browser = login.administrator();

        Answer silent = browser.get(may("user/" + user, "kms:GetSecretValue", "secret/" + secret))
                .expect(200);
        assertTrue(silent.shows("Not allowed: user/" + user + " may not call kms:GetSecretValue."), silent.body());
        assertTrue(silent.shows("No policy of user/" + user + " allows it."), silent.body());
        assertTrue(silent.shows("Attach to user/" + user + " a policy with the statement"), silent.body());

        identities.attachCustom(policy, user);
        Answer allowed = browser.get(may("user/" + user, "kms:GetSecretValue", "secret/" + secret))
                .expect(200);
        assertTrue(allowed.shows("Allowed: user/" + user + " may call kms:GetSecretValue."), allowed.body());
        assertTrue(
                allowed.shows("href=\"/console/access/policy?name=" + policy
                        + "&amp;type=Custom#statement-2\">Statement 2 of"),
                allowed.body());
        assertEquals(
                List.of("Ended"),
                rows.texts(
                        "SELECT DISTINCT event::jsonb #>> '{additionalEventData,stage}' FROM audit_line"
                                + " WHERE event::jsonb ->> 'eventName' = 'TestAccess'"
                                + " AND event::jsonb #>> '{additionalEventData,stage}' = 'Ended'"
                                + " AND event::jsonb #>> '{requestParameters,principal}' = ?",
                        "user/" + user));
    }

    @Test
    void whatCannotBeAskedIsToldOnThePageAndRunsNowhere() {
        Answer page = login.administrator()
                .get(may("root", "<script>alert(1)</script>", "\"><b>"))
                .expect(200);
        assertTrue(page.shows("no call asks for it"), page.body());
        assertFalse(page.body().contains("<script>alert"), page.body());
        assertFalse(page.body().contains("\"><b>"), page.body());
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissingPartByPart() throws Exception {
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        Answer list = browser.get(PAGE).expect(200);
        assertTrue(list.shows("It needs ram:ListUsers on"), list.body());
        assertTrue(list.shows("It needs ram:ListRoles on"), list.body());
        assertTrue(browser.get(PAGE + "/policies").expect(403).shows("It needs ram:ListPolicies on"));
        Answer self = browser.get(identity("user/" + user)).expect(403);
        assertTrue(self.shows("It needs ram:GetUser on"), self.body());
        Answer trial = browser.get(may("user/" + user, "kms:ListSecrets", "")).expect(200);
        assertTrue(trial.shows("It needs gyre:TestAccess on"), trial.body());
        assertFalse(trial.shows("Not allowed:"), trial.body());

        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ram:GetUser\","
                        + "\"ram:ListAccessKeys\"],\"Resource\":\"*\"}]}"),
                user);
        Answer part = browser.get(identity("user/" + user)).expect(200);
        assertTrue(part.shows("not shown to you"), part.body());
        assertTrue(part.shows("It needs ram:ListPoliciesForUser on"), part.body());
    }
}
