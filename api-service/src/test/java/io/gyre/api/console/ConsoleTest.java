package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.aliyun.ram20150501.models.UpdateAccessKeyRequest;
import com.aliyun.ram20150501.models.UpdateUserRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.RawExchange;
import io.gyre.api.testing.Rows;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let into the console, how long, and what a browser is told beside each page. */
@QuarkusTest
class ConsoleTest {
    private static final String START = "/console/";
    private static final String LOGIN = "/console/login";
    private static final String CONSENT = "/console/authorize/ram-rotation";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    OperationsClient operations;

    @Inject
    Clients clients;

    @Inject
    Rows rows;

    // ---- The link ----

    @Test
    void aLinkLogsInOnceAsWhoeverAskedForIt() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        String token = login.token(key);
        Browser browser = new Browser();

        assertEquals(START, browser.post(LOGIN, Map.of("code", token)).location());
        assertTrue(browser.get(START).expect(200).shows("user/" + user));

        Answer again = new Browser().post(LOGIN, Map.of("code", token)).expect(403);
        assertTrue(again.shows("The link was used before, or is older than 60 s"), again.body());
        assertEquals("", again.header("set-cookie"));
    }

    @Test
    void aLinkWaitsAMinuteAndNoLonger() {
        String token = login.token(operations.administrator());
        rows.change(
                "UPDATE console_login_link SET made_at = made_at - interval '61 seconds' WHERE token_hash = sha256(?)",
                token.getBytes(StandardCharsets.UTF_8));
        new Browser().post(LOGIN, Map.of("code", token)).expect(403);
    }

    @Test
    void theTokenOfALinkStandsBehindTheSignThatBrowsersKeepToThemselvesAndIsKeptNowhere() {
        String url = operations
                .post("/operations/v1/console-logins")
                .json(200)
                .path("url")
                .asText();
        assertTrue(url.matches("http://[^/]+/console/login#[A-Za-z0-9_-]{43}"), url);
        String token = url.substring(url.indexOf('#') + 1);
        assertFalse(rows.everything().contains(token));
        Browser browser = new Browser();
        browser.post(LOGIN, Map.of("code", token)).location();
        assertFalse(rows.everything().contains(browser.session()));
    }

    @Test
    void openingALinkLogsNobodyIn() {
        String token = login.token(operations.administrator());
        Answer opened = new Browser().get(LOGIN).expect(200);
        assertEquals("", opened.header("set-cookie"));
        new Browser().get(LOGIN + "?code=" + token).expect(200);
        new Browser().post(LOGIN, Map.of("code", token)).location();
    }

    @Test
    void aSessionOfARoleGetsNoLink() throws Exception {
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        RpcCredentials key = new RpcCredentials(session.id(), SecretText.of(session.secret()));
        String path = "/operations/v1/console-logins";
        operations
                .send(
                        "POST",
                        path,
                        "",
                        operations.headers(
                                "POST",
                                path,
                                key,
                                Map.of("x-acs-security-token", String.valueOf(session.securityToken()))))
                .problem(403, "TemporaryCredentials");
    }

    // ---- The session ----

    @Test
    void theCookieIsForThisHostAloneAndForNoScript() {
        Answer in = new Browser().post(LOGIN, Map.of("code", login.token(operations.administrator())));
        String cookie = in.header("set-cookie");
        assertTrue(
                cookie.matches(Browser.COOKIE + "=[A-Za-z0-9_-]{43}; Path=/; Secure; HTTPOnly; SameSite=Lax"), cookie);
    }

    @Test
    void whoLogsInGetsATokenThatNobodyKnewBefore() {
        Browser browser = new Browser();
        String planted = "A".repeat(43);
        browser.keep(planted);
        browser.post(LOGIN, Map.of("code", login.token(operations.administrator())))
                .location();
        String first = browser.session();
        assertNotEquals(planted, first);
        browser.post(LOGIN, Map.of("code", login.token(operations.administrator())))
                .location();
        assertNotEquals(first, browser.session());
        Browser former = new Browser();
        former.keep(first);
        assertEquals(LOGIN + "?to=%2Fconsole%2F", former.get(START).location());
    }

    @ParameterizedTest
    @CsvSource({"begun_at, 12 hours", "used_at, 30 minutes"})
    void aSessionEndsAfterItsTimeAndWithoutUse(String column, String span) {
        Browser browser = login.administrator();
        shift(browser, column, "INTERVAL '1 minute' - interval '" + span + "'");
        browser.get(START).expect(200);
        shift(browser, column, "interval '-2 minutes' - interval '" + span + "'");
        assertEquals(LOGIN + "?to=%2Fconsole%2F", browser.get(START).location());
    }

    private void shift(Browser browser, String column, String by) {
        assertEquals(
                1,
                rows.change(
                        "UPDATE console_session SET " + column + " = clock_timestamp() + " + by
                                + " WHERE token_hash = sha256(?)",
                        browser.session().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSessionInUseGoesOn() {
        Browser browser = login.administrator();
        shift(browser, "used_at", "interval '-29 minutes'");
        browser.get(START).expect(200);
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM console_session WHERE token_hash = sha256(?)"
                                + " AND used_at > clock_timestamp() - interval '1 minute'",
                        browser.session().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoLogsOutIsLoggedOutEverywhere() {
        Browser browser = login.administrator();
        Browser other = new Browser();
        other.keep(browser.session());
        String form = browser.get(START).field("form");

        Answer out = browser.post("/console/logout", Map.of("form", form));

        assertEquals(LOGIN, out.location());
        assertTrue(out.header("set-cookie").startsWith(Browser.COOKIE + "=; Max-Age=0;"), out.header("set-cookie"));
        other.get(START).location();
    }

    @Test
    void aSessionEndsWithTheAccessKeyItCameBy() throws Exception {
        String user = identities.user();
        Clients.AccessKey key = identities.keyOf(user);
        Browser browser = login.as(key);
        clients.ram()
                .updateAccessKey(new UpdateAccessKeyRequest()
                        .setUserName(user)
                        .setUserAccessKeyId(key.id())
                        .setStatus("Inactive"));
        browser.get(START).location();

        clients.ram()
                .updateAccessKey(new UpdateAccessKeyRequest()
                        .setUserName(user)
                        .setUserAccessKeyId(key.id())
                        .setStatus("Active"));
        browser.get(START).expect(200);
        String unspent = login.token(key);
        clients.ram()
                .deleteAccessKey(new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(key.id()));
        browser.get(START).location();
        new Browser().post(LOGIN, Map.of("code", unspent)).expect(403);
    }

    @Test
    void whoIsRenamedStaysLoggedInUnderTheNewName() throws Exception {
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        clients.ram().updateUser(new UpdateUserRequest().setUserName(user).setNewUserName(user + "-renamed"));
        assertTrue(browser.get(START).expect(200).shows("user/" + user + "-renamed"));
    }

    // ---- From where a form may come ----

    @Test
    void aFormWithoutTheSessionsOwnTokenDoesNothing() {
        Browser browser = login.administrator();
        String foreign = login.administrator().get(START).field("form");
        for (Map<String, String> form :
                List.of(Map.<String, String>of(), Map.of("form", ""), Map.of("form", "x"), Map.of("form", foreign))) {
            Answer refusal = browser.post("/console/logout", form).expect(403);
            assertTrue(refusal.shows("The form belongs to another session"), refusal.body());
        }
        browser.get(START).expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "same-site,   null",
        "cross-site,  null",
        "none,        null",
        "same-origin, https://elsewhere.example",
        ",            https://elsewhere.example",
        ",            null",
        ",            "
    })
    void aFormOfAnotherSiteDoesNothingWhateverTokenItHas(String site, String origin) {
        Browser browser = login.administrator();
        Map<String, String> form = Map.of("form", browser.get(START).field("form"));
        Map<String, String> headers = new HashMap<>();
        if (site != null) {
            headers.put("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            headers.put("Origin", origin);
        }
        Answer refusal = browser.post("/console/logout", form, headers).expect(403);
        assertTrue(refusal.shows("The form was not sent by a page of this console"), refusal.body());
        browser.get(START).expect(200);
        String code = login.token(operations.administrator());
        new Browser().post(LOGIN, Map.of("code", code), headers).expect(403);
        new Browser().post(LOGIN, Map.of("code", code)).location();
    }

    @Test
    void aBrowserThatSaysTheOriginAloneIsBelieved() {
        Browser browser = login.administrator();
        Map<String, String> form = Map.of("form", browser.get(START).field("form"));
        browser.post("/console/logout", form, Map.of("Origin", Browser.origin()))
                .location();
    }

    @Test
    void getChangesNothing() {
        Browser browser = login.administrator();
        browser.get("/console/logout").location();
        browser.get(START).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/",
                "//elsewhere.example/",
                "/\\elsewhere.example",
                "/console//elsewhere.example",
                "/console/../operations",
                "/operations/v1/rotations",
                "javascript:alert(1)",
                "/console/\r\nSet-Cookie: a=b",
                "/console/?to=//elsewhere.example",
                "/console/secrets?secret=\"><script>",
                "/console/%2f%2felsewhere.example"
            })
    void nobodyIsSentElsewhereByLoggingIn(String wanted) {
        Browser browser = new Browser();
        Answer page = browser.get(LOGIN + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
        assertEquals(START, page.expect(200).field("to"));
        String code = login.token(operations.administrator());
        assertEquals(
                START, browser.post(LOGIN, Map.of("code", code, "to", wanted)).location());
    }

    @Test
    void whoHasToLogInFirstComesBackToThePage() {
        Browser browser = new Browser();
        String way = browser.get(CONSENT).location();
        assertEquals(LOGIN + "?to=%2Fconsole%2Fauthorize%2Fram-rotation", way);
        String to = browser.get(way).field("to");
        String code = login.token(operations.administrator());
        assertEquals(
                CONSENT, browser.post(LOGIN, Map.of("code", code, "to", to)).location());
        browser.get(CONSENT).expect(200);
    }

    @Test
    void whoComesBackFindsWhatTheAddressAskedFor() {
        Browser browser = new Browser();
        String way = browser.get("/console/secrets?view=kms-1.0&secret=orders/").location();
        String to = browser.get(way).field("to").replace("&amp;", "&");
        String code = login.token(operations.administrator());
        assertEquals(
                "/console/secrets?secret=orders%2F&view=kms-1.0",
                browser.post(LOGIN, Map.of("code", code, "to", to)).location());
    }

    // ---- What every answer has ----

    private static void assertGuarded(Answer answer) {
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                        + " trusted-types gyre-live",
                answer.header("content-security-policy"));
        assertEquals("nosniff", answer.header("x-content-type-options"));
        assertEquals("DENY", answer.header("x-frame-options"));
        assertEquals("no-referrer", answer.header("referrer-policy"));
        assertTrue(answer.header("permissions-policy").contains("camera=()"));
        assertEquals("same-origin", answer.header("cross-origin-opener-policy"));
        assertEquals("same-origin", answer.header("cross-origin-resource-policy"));
        assertEquals("require-corp", answer.header("cross-origin-embedder-policy"));
    }

    @Test
    void everyKindOfAnswerHasTheHeaders() {
        Browser stranger = new Browser();
        Browser browser = login.administrator();
        String form = browser.get(START).field("form");
        List<Answer> answers = List.of(
                browser.get(START),
                browser.get(CONSENT),
                browser.get("/console"),
                browser.get("/console/nothing"),
                browser.send("DELETE", START, "", Map.of()),
                browser.send("OPTIONS", CONSENT, "", Map.of()),
                browser.send("HEAD", START, "", Map.of()),
                browser.post(CONSENT, Map.of("form", "x")),
                browser.post("/console/logout", Map.of("form", form), Map.of("Content-Type", "text/plain")),
                browser.send("POST", CONSENT, "form=%zz", Map.of("Sec-Fetch-Site", "same-origin")),
                browser.post(CONSENT, Map.of("form", "x".repeat(9000))),
                stranger.get(START),
                stranger.get(LOGIN),
                stranger.post(LOGIN, Map.of("code", "x")),
                stranger.post(CONSENT, Map.of("form", form)));
        for (Answer answer : answers) {
            assertGuarded(answer);
            assertEquals("no-store", answer.header("cache-control"));
            assertEquals("", answer.header("strict-transport-security"));
        }
        Answer style = stranger.get(address(stranger.get(LOGIN), "console.css")).expect(200);
        assertGuarded(style);
        assertEquals("public, max-age=31536000, immutable", style.header("cache-control"));
        assertEquals("text/css; charset=utf-8", style.header("content-type"));
    }

    /** Of a file that the page names. */
    private static String address(Answer page, String file) {
        Matcher found = Pattern.compile("\"(/console/static/[0-9a-f]{16}/" + file + ")\"")
                .matcher(page.body());
        assertTrue(found.find(), page.body());
        return found.group(1);
    }

    @Test
    void noPageHasAScriptOrAStyleWithinIt() {
        Browser browser = login.administrator();
        for (Answer page : List.of(
                browser.get(START),
                browser.get(CONSENT),
                browser.get("/console/secrets"),
                browser.get("/console/nothing"),
                new Browser().get(LOGIN))) {
            assertFalse(page.body().matches("(?s).*(<script>|<style| style=| on[a-z]+=|javascript:).*"), page.body());
        }
    }

    @Test
    void whatIsWrongIsSaidInOneSentenceUnderItsStatus() {
        Browser browser = login.administrator();
        String form = browser.get(START).field("form");
        Map<String, String> own = Map.of("Sec-Fetch-Site", "same-origin");
        assertTrue(browser.get("/console/nothing").expect(404).shows("There is no such page in the console"));
        assertTrue(browser.get("/console/static/0000000000000000/console.css")
                .expect(404)
                .shows("no such page"));
        assertEquals(
                "GET, HEAD",
                browser.post(START, Map.of("form", form)).expect(405).header("allow"));
        assertEquals(
                "GET, HEAD, POST",
                browser.send("DELETE", CONSENT, "", Map.of()).expect(405).header("allow"));
        assertTrue(browser.post(
                        CONSENT,
                        Map.of("form", form),
                        Map.of("Content-Type", "text/plain", "Sec-Fetch-Site", "same-origin"))
                .expect(415)
                .shows("no form of the console"));
        for (String unreadable : List.of("form=%zz", "form=a&form=b", "form=" + "%ff%fe%zz", "&".repeat(5000) + "%")) {
            assertTrue(
                    browser.send("POST", CONSENT, unreadable, own).expect(400).shows("The form cannot be read"),
                    unreadable);
        }
        browser.post(CONSENT, Map.of("form", "x".repeat(9000))).expect(413);
        Answer ended = new Browser().post(CONSENT, Map.of("form", form)).expect(401);
        assertTrue(ended.shows("You are not logged in any more, so nothing was done"), ended.body());
        assertFalse(ended.header("www-authenticate").isEmpty());
        for (String cookie : List.of("x", "A".repeat(43), "\"", "A".repeat(5000))) {
            Browser odd = new Browser();
            odd.keep(cookie);
            odd.get(START).location();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/console/login?to=%ff%fe, 200",
        "/console/login?%00, 200",
        "/console/%00, 404",
        "/console/%ff, 404",
        "/console/a%2f..%2flogin, 404",
        "/console/;a=b, 404",
        "/console/../console/login, 200",
        "//console//login, 200"
    })
    void noAddressIsAnAccident(String path, int status) throws Exception {
        RawExchange answer = raw(path, "localhost");
        assertEquals(status, answer.status(), answer.toString());
        assertTrue(answer.head().contains("frame-ancestors 'none'"), answer.head());
        assertFalse(answer.body().contains("Exception"), answer.body());
    }

    /** It does not come as far as the console. */
    @ParameterizedTest
    @ValueSource(strings = {"/console/login?to=%zz", "/console/%zz"})
    void whatIsNoAddressAtAllIsAnsweredWithNothing(String path) throws Exception {
        RawExchange answer = raw(path, "localhost");
        assertEquals(400, answer.status(), answer.toString());
        assertEquals("", answer.body());
    }

    private RawExchange raw(String path, String host) throws Exception {
        return RawExchange.send(
                operations.authority(),
                ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:7601", "127.0.0.1.evil.example", "localhost.evil.example"})
    void byPlainHttpTheConsoleIsNotToBeHadUnderAForeignName(String host) throws Exception {
        RawExchange answer = raw("/console/login", host);
        assertEquals(421, answer.status(), answer.toString());
        assertTrue(answer.head().contains("frame-ancestors 'none'"), answer.head());
    }
}
