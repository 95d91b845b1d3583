package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ram20150501.models.CreateLoginProfileRequest;
import com.aliyun.ram20150501.models.DeleteLoginProfileRequest;
import com.aliyun.ram20150501.models.DeleteUserRequest;
import com.aliyun.ram20150501.models.GetLoginProfileRequest;
import com.aliyun.ram20150501.models.UpdateLoginProfileRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users log in to the console by a password that the RAM API set, and nobody guesses it. */
@QuarkusTest
class PasswordLoginTest {
    private static final String START = "/console/";
    private static final String LOGIN = "/console/login";
    private static final String PASSWORD_PAGE = "/console/password";
    private static final String PASSWORD = "correct horse battery";
    private static final String OTHER = "staple another horse";

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    ConsoleLogin links;

    @Inject
    Rows rows;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    ObjectMapper json;

    private String user = "";

    /** All tests come from one address, which may guess so often and no oftener. */
    @BeforeEach
    @AfterEach
    void nothingWasGuessedFromHere() {
        rows.change("DELETE FROM console_failure WHERE subject = 'from/127.0.0.1'");
    }

    @BeforeEach
    void aUserHasAPassword() throws Exception {
        user = identities.user();
        create(user, false);
    }

    private void create(String name, boolean reset) throws Exception {
        clients.ram()
                .createLoginProfile(new CreateLoginProfileRequest()
                        .setUserName(name)
                        .setPassword(PASSWORD)
                        .setPasswordResetRequired(reset));
    }

    private static Answer logIn(Browser browser, String name, String password) {
        return browser.post(LOGIN, Map.of("user", name, "password", password, "to", START));
    }

    private Browser loggedIn() {
        Browser browser = new Browser();
        assertEquals(START, logIn(browser, user, PASSWORD).location());
        return browser;
    }

    private String counter() {
        return "user/" + rows.text("SELECT user_id FROM ram_user WHERE user_name = ?", user);
    }

    // ---- The RAM API ----

    @Test
    void aLoginProfileIsMadeToldChangedAndDeleted() throws Exception {
        var profile = clients.ram()
                .getLoginProfile(new GetLoginProfileRequest().setUserName(user))
                .getBody()
                .getLoginProfile();
        assertEquals(user, profile.getUserName());
        assertEquals(false, profile.getPasswordResetRequired());
        assertEquals(false, profile.getMFABindRequired());
        assertTrue(profile.getCreateDate().endsWith("Z"), profile.getCreateDate());
        Refusal.expect(409, "EntityAlreadyExists.User.LoginProfile", () -> create(user, false));
        Refusal.expect(409, "DeleteConflict.User.LoginProfile", () -> clients.ram()
                .deleteUser(new DeleteUserRequest().setUserName(user)));

        clients.ram()
                .updateLoginProfile(
                        new UpdateLoginProfileRequest().setUserName(user).setPasswordResetRequired(true));
        var changed = clients.ram()
                .getLoginProfile(new GetLoginProfileRequest().setUserName(user))
                .getBody()
                .getLoginProfile();
        assertEquals(true, changed.getPasswordResetRequired());
        assertEquals(profile.getCreateDate(), changed.getCreateDate());

        clients.ram().deleteLoginProfile(new DeleteLoginProfileRequest().setUserName(user));
        Refusal.expect(404, "EntityNotExist.User.LoginProfile", () -> clients.ram()
                .getLoginProfile(new GetLoginProfileRequest().setUserName(user)));
        Refusal.expect(404, "EntityNotExist.User.LoginProfile", () -> clients.ram()
                .deleteLoginProfile(new DeleteLoginProfileRequest().setUserName(user)));
        Refusal.expect(404, "EntityNotExist.User.LoginProfile", () -> clients.ram()
                .updateLoginProfile(
                        new UpdateLoginProfileRequest().setUserName(user).setPassword(OTHER)));
        clients.ram().deleteUser(new DeleteUserRequest().setUserName(user));
    }

    @Test
    void aWeakPasswordAndASecondFactorAreRefused() throws Exception {
        String other = identities.user();
        for (String weak : List.of("Passw0rd!", "aaaaaaaaaaaaaaaaaaaa", "the house of " + other)) {
            Refusal.expect(400, "InvalidParameter.Password.TooWeak", () -> clients.ram()
                    .createLoginProfile(
                            new CreateLoginProfileRequest().setUserName(other).setPassword(weak)));
        }
        Refusal.expect(400, "InvalidParameter", () -> clients.ram()
                .createLoginProfile(new CreateLoginProfileRequest()
                        .setUserName(other)
                        .setPassword(PASSWORD)
                        .setMFABindRequired(true)));
        Refusal.expect(404, "EntityNotExist.User", () -> clients.ram()
                .createLoginProfile(new CreateLoginProfileRequest()
                        .setUserName("nobody-here")
                        .setPassword(PASSWORD)));
    }

    @Test
    void aPasswordIsKeptNowhereInTheClear() {
        logIn(new Browser(), user, PASSWORD).location();
        logIn(new Browser(), PASSWORD, "typed into the wrong field").expect(401);
        String everything = rows.everything();
        assertFalse(everything.contains(PASSWORD));
        assertFalse(everything.contains("typed into the wrong field"));
        assertTrue(rows.text(
                        "SELECT password_hash FROM ram_login_profile JOIN ram_user USING (user_id) WHERE user_name = ?",
                        user)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    // ---- Logging in ----

    @Test
    void theRightPasswordLogsTheUserIn() {
        Answer start = loggedIn().get(START).expect(200);
        assertTrue(start.shows("user/" + user), start.body());
        assertTrue(start.shows("your password, which you can"), start.body());
    }

    @Test
    void nobodyLearnsFromARefusalWhetherThereIsSuchAUser() throws Exception {
        String withoutPassword = identities.user();
        Answer wrong = logIn(new Browser(), user, "wrong horse battery").expect(401);
        assertTrue(wrong.shows("User name and password do not belong together"), wrong.body());
        for (String name :
                List.of("nobody-here", withoutPassword, "root", "", "a".repeat(65), "'; DROP TABLE ram_user", "\0")) {
            Answer other = logIn(new Browser(), name, PASSWORD);
            assertEquals(wrong.status(), other.status(), name);
            assertEquals(wrong.body(), other.body(), name);
            assertEquals("", other.header("set-cookie"));
        }
    }

    @Test
    void anotherPasswordLogsOutWhoeverUsedTheFormerOne() throws Exception {
        Browser browser = loggedIn();
        clients.ram()
                .updateLoginProfile(
                        new UpdateLoginProfileRequest().setUserName(user).setPassword(OTHER));
        browser.get(START).location();
        logIn(new Browser(), user, PASSWORD).expect(401);
        Browser again = new Browser();
        logIn(again, user, OTHER).location();

        clients.ram().deleteLoginProfile(new DeleteLoginProfileRequest().setUserName(user));
        again.get(START).location();
        logIn(new Browser(), user, OTHER).expect(401);
        clients.ram().deleteUser(new DeleteUserRequest().setUserName(user));
    }

    @Test
    void whoHasToChooseAnotherPasswordDoesSoBeforeAnythingElse() throws Exception {
        String other = identities.user();
        create(other, true);
        Browser browser = new Browser();
        logIn(browser, other, PASSWORD).location();
        assertEquals(PASSWORD_PAGE, browser.get(START).location());
        assertEquals(
                PASSWORD_PAGE, browser.get("/console/authorize/ram-rotation").location());
        Answer page = browser.get(PASSWORD_PAGE).expect(200);
        assertTrue(page.shows("You have to choose another password"), page.body());
        String form = page.field("form");
        assertEquals(
                PASSWORD_PAGE,
                browser.post("/console/authorize/ram-rotation", Map.of("form", form))
                        .location());

        change(browser, form, PASSWORD, OTHER, OTHER).location();

        browser.get(START).expect(200);
        logIn(new Browser(), other, OTHER).location();
        logIn(new Browser(), other, PASSWORD).expect(401);
    }

    private static Answer change(Browser browser, String form, String current, String fresh, String again) {
        return browser.post(PASSWORD_PAGE, Map.of("form", form, "current", current, "fresh", fresh, "again", again));
    }

    @Test
    void whoChangesThePasswordIsLoggedOutEverywhereElse() {
        Browser browser = loggedIn();
        Browser elsewhere = loggedIn();
        String form = browser.get(PASSWORD_PAGE).expect(200).field("form");
        assertTrue(
                change(browser, form, PASSWORD, OTHER, OTHER + "x").expect(400).shows("not typed the same twice"));
        assertTrue(change(browser, form, PASSWORD, "short", "short").expect(400).shows("15 to 128 characters"));
        assertTrue(
                change(browser, form, PASSWORD, PASSWORD, PASSWORD).expect(400).shows("another one than the current"));
        assertTrue(change(browser, form, OTHER, OTHER + "x", OTHER + "x")
                .expect(401)
                .shows("do not belong together"));
        browser.post(PASSWORD_PAGE, Map.of("form", "x", "current", PASSWORD, "fresh", OTHER, "again", OTHER))
                .expect(403);
        elsewhere.get(START).expect(200);
        String former = browser.session();

        assertEquals(START, change(browser, form, PASSWORD, OTHER, OTHER).location());

        browser.get(START).expect(200);
        elsewhere.get(START).location();
        browser.keep(former);
        browser.get(START).location();
    }

    @Test
    void whoCameByALinkHasNoPasswordToChange() {
        assertTrue(links.administrator().get(PASSWORD_PAGE).expect(409).shows("there is no password to change here"));
    }

    // ---- Guessing ----

    /** Another process of the installation has another one of these, and the same table. */
    private Optional<Instant> countedElsewhere() throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> new Lockout(sessions).count(counter(), "from/192.0.2.1"));
    }

    private void wait(String subject) {
        rows.change("UPDATE console_failure SET blocked_until = clock_timestamp() WHERE subject = ?", subject);
    }

    @Test
    void whatWasGuessedAtOneProcessCountsAtEveryOther() throws Throwable {
        for (int guess = 0; guess < 12; guess++) {
            assertTrue(countedElsewhere().isEmpty(), "guess " + guess);
            wait(counter());
            wait("from/192.0.2.1");
        }
        rows.change("DELETE FROM console_failure WHERE subject = 'from/192.0.2.1'");
        logIn(new Browser(), user, "wrong horse battery").expect(401);

        Answer locked = logIn(new Browser(), user, PASSWORD).expect(429);

        assertTrue(locked.shows("Too many wrong passwords came for this user or from this address"), locked.body());
        int seconds = Integer.parseInt(locked.header("retry-after"));
        assertTrue(seconds > 128 && seconds <= 258, locked.header("retry-after"));
        wait(counter());
        logIn(new Browser(), user, PASSWORD).location();
        assertEquals(0, rows.count("SELECT count(*) FROM console_failure WHERE subject = ?", counter()));
    }

    @Test
    void nobodyIsLockedOutForLongerThanAQuarterOfAnHourNorFromALink() throws Exception {
        rows.change("INSERT INTO console_failure VALUES (?, 100000, clock_timestamp(), clock_timestamp())", counter());
        logIn(new Browser(), user, "wrong horse battery").expect(401);
        int seconds = Integer.parseInt(
                logIn(new Browser(), user, PASSWORD).expect(429).header("retry-after"));
        assertTrue(seconds <= 901, seconds + " s");
        links.as(identities.keyOf(user)).get(START).expect(200);
    }

    @Test
    void manyGuessesAtOnceAreCountedOneByOne() throws Throwable {
        rows.change("INSERT INTO console_failure VALUES (?, 30, clock_timestamp(), clock_timestamp())", counter());
        List<Uni<Optional<Instant>>> guesses = new ArrayList<>();
        Lockout lockout = new Lockout(sessions);
        String counter = counter();
        for (int i = 0; i < 8; i++) {
            guesses.add(lockout.count(counter, "from/192.0.2.2"));
        }
        List<Optional<Instant>> answers = VertxContextSupport.subscribeAndAwait(
                () -> Uni.join().all(guesses).andFailFast());
        assertEquals(1, answers.stream().filter(Optional::isEmpty).count(), answers.toString());
    }

    @Test
    void anAddressIsLockedOutWhoeverItGuessesAt() throws Throwable {
        rows.change("INSERT INTO console_failure VALUES ('from/127.0.0.1', 40, clock_timestamp(), clock_timestamp())");
        logIn(new Browser(), "nobody-here", "wrong horse battery").expect(401);
        logIn(new Browser(), user, PASSWORD).expect(429);
        wait("from/127.0.0.1");
        logIn(new Browser(), user, PASSWORD).location();
        // One right password takes one try back, and none of the wrong ones.
        assertEquals(41, rows.count("SELECT failures FROM console_failure WHERE subject = 'from/127.0.0.1'"));
    }

    @Test
    void namesThatAreNobodysAreLockedLikeUsersAndNotKept() {
        String name = "a name that nobody has";
        rows.change(
                "INSERT INTO console_failure VALUES (?, 40, clock_timestamp(), clock_timestamp())"
                        + " ON CONFLICT (subject) DO UPDATE SET failures = 40, blocked_until = clock_timestamp()",
                Lockout.nobody(name));
        logIn(new Browser(), name, PASSWORD).expect(401);
        logIn(new Browser(), name, PASSWORD).expect(429);
        assertTrue(Lockout.nobody(name).matches("nobody/[0-9a-f]{4}"), Lockout.nobody(name));
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertEquals("from/2001:db8:1:2", Lockout.address("2001:db8:1:2:3:4:5:6"));
        assertEquals("from/192.0.2.7", Lockout.address("192.0.2.7"));
    }

    @Test
    void everyTryIsInTheAuditLogWithoutThePassword() throws Exception {
        logIn(new Browser(), user, "wrong horse battery").expect(401);
        loggedIn();
        rows.change(
                "INSERT INTO console_failure VALUES (?, 40, clock_timestamp(), clock_timestamp() + interval '1 hour')",
                counter());
        logIn(new Browser(), user, PASSWORD).expect(429);

        List<Map<String, String>> told = new ArrayList<>();
        for (String event : rows.texts(
                "SELECT event FROM audit_line WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                        + " AND event::jsonb ->> 'eventType' = 'ConsoleSignin' ORDER BY chain_no, line",
                user)) {
            JsonNode line = json.readTree(event);
            assertFalse(line.path("userIdentity").has("accessKeyId"), event);
            Map<String, String> one = new HashMap<>();
            one.put("stage", line.at("/additionalEventData/stage").asText());
            one.put("by", line.at("/additionalEventData/by").asText());
            one.put("errorCode", line.path("errorCode").asText());
            told.add(one);
        }
        assertEquals(
                List.of(
                        Map.of("stage", "Refused", "by", "password", "errorCode", "WrongPassword"),
                        Map.of("stage", "Ended", "by", "password", "errorCode", ""),
                        Map.of("stage", "Refused", "by", "password", "errorCode", "TooManyWrongPasswords")),
                told);
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%horse battery%'"));
    }
}
