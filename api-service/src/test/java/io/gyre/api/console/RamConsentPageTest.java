package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.RotationConsent;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The FAQ's row "You are not authorized to do this action", by the page behind the authorization link. */
@QuarkusTest
class RamConsentPageTest {
    private static final String PAGE = "/console/authorize/ram-rotation";
    private static final String SENTENCE = "You are not authorized to do this action";

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @Inject
    RotationConsent consent;

    @Inject
    ConsoleLogin login;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    private CreateSecretRequest wanted = new CreateSecretRequest();

    @BeforeEach
    void theAccountHasNotConsented() throws Exception {
        wanted = secrets.ram();
        consent.withdraw();
    }

    @AfterEach
    void itHasAgain() {
        consent.give();
    }

    /** As far as a browser comes: what is shown, and the form that is sent back. */
    private String linkOfRefusedCreation() {
        TeaException refusal =
                assertThrows(TeaException.class, () -> clients.current().createSecret(wanted));
        assertEquals(SENTENCE, refusal.getData().get("Message"));
        return URI.create(String.valueOf(refusal.getData().get("AuthorizationUrl")))
                .getPath();
    }

    @Test
    void theLinkLeadsToAPageThatGrantsItAndThenTheSecretIsCreated() throws Exception {
        String administrator = identities.user();
        identities.attachToUser("AliyunRAMFullAccess", administrator);
        Browser browser = new Browser();

        String way = browser.get(linkOfRefusedCreation()).location();
        String to = browser.get(way).expect(200).field("to");
        String code = login.token(identities.keyOf(administrator));
        String page =
                browser.post("/console/login", Map.of("code", code, "to", to)).location();
        assertEquals(PAGE, page);
        Answer before = browser.get(page).expect(200);
        assertTrue(before.shows("user/" + administrator), before.body());
        assertTrue(before.shows(Identities.roleArn(RotationRole.NAME)), before.body());
        assertTrue(before.shows(SystemPolicies.RAM_ROTATION), before.body());
        assertTrue(before.shows("<code>ram:CreateAccessKey</code>"), before.body());
        assertTrue(before.shows("Not granted: RAM secrets cannot be created."), before.body());
        Refusal.expect(403, "Forbidden.RamRoleNotFound", () -> clients.current().createSecret(wanted));

        String back = browser.post(page, Map.of("form", before.field("form"))).location();

        Answer after = browser.get(back).expect(200);
        assertTrue(after.shows("Granted: RAM secrets can be created."), after.body());
        assertTrue(after.shows("click Refresh, or repeat the call"), after.body());
        assertFalse(after.shows(">Grant</button>"), after.body());
        secrets.create(wanted);
    }

    @Test
    void whoMayNotGrantItIsToldWhatIsMissingAndRefused() throws Exception {
        String user = identities.user();
        identities.attachToUser("AliyunKMSFullAccess", user);
        Browser browser = login.as(identities.keyOf(user));

        Answer page = browser.get(PAGE).expect(403);
        String missing = "This operation is forbidden by permission system. It needs ram:CreateRole on "
                + Identities.roleArn(RotationRole.NAME) + ", which no policy allows user/" + user + ".";
        assertTrue(page.shows(missing), page.body());
        assertTrue(page.shows("Send this page's address to a RAM administrator"), page.body());
        assertFalse(page.shows(">Grant</button>"), page.body());
        Answer refusal = browser.post(PAGE, Map.of("form", page.field("form"))).expect(403);
        assertTrue(refusal.shows(missing), refusal.body());
        assertFalse(consent.isGiven());
    }

    @Test
    void whoMaySeeButNotGrantItSeesHowFarItIs() throws Exception {
        String user = identities.user();
        identities.attachToUser("AliyunRAMReadOnlyAccess", user);
        Browser browser = login.as(identities.keyOf(user));

        Answer page = browser.get(PAGE).expect(403);
        assertTrue(page.shows("will be attached"), page.body());
        browser.post(PAGE, Map.of("form", page.field("form"))).expect(403);

        consent.give();
        assertTrue(browser.get(PAGE).shows("Granted: RAM secrets can be created."));
    }

    @Test
    void aForeignFormGrantsNothing() {
        Browser browser = login.administrator();
        String form = browser.get(PAGE).field("form");
        browser.post(PAGE, Map.of("form", "x")).expect(403);
        browser.post(PAGE, Map.of("form", form), Map.of("Sec-Fetch-Site", "cross-site"))
                .expect(403);
        browser.get(PAGE + "?form=" + form).expect(200);
        assertFalse(consent.isGiven());
    }

    @Test
    void loginsAndWhatIsGrantedAreInTheAuditLog() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        Browser browser = login.as(key);
        browser.post(PAGE, Map.of("form", browser.get(PAGE).field("form"))).expect(403);
        identities.attachToUser("AdministratorAccess", user);
        browser.post(PAGE, Map.of("form", browser.get(PAGE).field("form"))).location();

        List<String> told = new ArrayList<>();
        for (String event : rows.texts(
                "SELECT event FROM audit_line WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                        + " AND event::jsonb ->> 'eventType' LIKE 'Console%' ORDER BY chain_no, line",
                user)) {
            JsonNode line = json.readTree(event);
            assertEquals(key.id(), line.at("/userIdentity/accessKeyId").asText());
            assertEquals("ram-user", line.at("/userIdentity/type").asText());
            assertEquals("127.0.0.1", line.path("sourceIpAddress").asText());
            assertEquals("Console", line.path("serviceName").asText());
            told.add(line.path("eventType").asText() + " "
                    + line.path("eventName").asText() + " "
                    + line.at("/additionalEventData/stage").asText());
        }
        assertEquals(
                List.of(
                        "ConsoleSignin ConsoleSignin Ended",
                        "ConsoleOperation GetServiceRole Denied",
                        "ConsoleOperation GrantServiceRole Denied",
                        "ConsoleOperation GetServiceRole Ended",
                        "ConsoleOperation GrantServiceRole Begun",
                        "ConsoleOperation GrantServiceRole Ended"),
                told);
    }

    @Test
    void whatCannotBeToldIsNotDoneAndLogsNobodyIn() {
        Browser browser = login.administrator();
        String form = browser.get(PAGE).field("form");
        String code = login.token(operations.administrator());
        Browser other = new Browser();
        rows.change("ALTER TABLE audit_line RENAME TO audit_line_elsewhere");
        try {
            Answer refusal = browser.post(PAGE, Map.of("form", form)).expect(503);
            assertTrue(refusal.shows("The audit log cannot be written"), refusal.body());
            browser.get(PAGE).expect(503);
            other.post("/console/login", Map.of("code", code)).expect(503);
            assertEquals("", other.session());
        } finally {
            rows.change("ALTER TABLE audit_line_elsewhere RENAME TO audit_line");
        }
        assertFalse(consent.isGiven());
    }

    @Test
    void aRefusedLoginIsToldWithoutWhatWasTyped() {
        long before = refused();
        new Browser()
                .post("/console/login", Map.of("code", "a pa55word in the wrong field"))
                .expect(403);
        assertTrue(refused() > before);
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%pa55word in the wrong%'"));
    }

    private long refused() {
        return rows.count("SELECT count(*) FROM audit_line WHERE event::jsonb ->> 'eventType' = 'ConsoleSignin'"
                + " AND event::jsonb ->> 'errorCode' = 'LinkSpent'");
    }
}
