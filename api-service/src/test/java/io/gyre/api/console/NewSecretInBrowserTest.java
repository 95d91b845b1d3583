package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static io.gyre.api.testing.Chromium.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.RotationConsent;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.VerifiedAccounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets created in Debian's Chromium, by the keyboard alone, in light and dark; where there is none, this is left out. */
@QuarkusTest
@TestProfile(VerifiedAccounts.class)
class NewSecretInBrowserTest {
    private static final String CREATE = "/console/secrets/create";
    private static final String PASSWORD = "typed by the keyboard";

    @Inject
    ConsoleLogin login;

    @Inject
    OperationsClient operations;

    @Inject
    Instances instances;

    @Inject
    PlayedWorker worker;

    @Inject
    RotationConsent consent;

    @Inject
    Rows rows;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("create-form", "create-review", "create-link"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
        consent.give();
    }

    private Page loggedIn(ColorScheme scheme) {
        Page page = chromium.page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1000, 900));
        page.navigate(Browser.origin() + "/console/login#" + login.token(operations.administrator()));
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/");
        return page;
    }

    private static void type(Page page, Map<String, String> fields, String... order) {
        for (String field : order) {
            tabToField(page, field);
            page.keyboard().type(fields.get(field));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aPairOfAccountsFromTheListToItsOwnPage(ColorScheme scheme) throws Exception {
        String user = "app_" + word(scheme);
        Page page = loggedIn(scheme);
        page.navigate(Browser.origin() + "/console/secrets");
        tabTo(page, "Create a secret");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + CREATE);
        chromium.look(page, "create-kinds", scheme);
        tabTo(page, NewSecretKind.RDS_DOUBLE.title());
        press(page, "Enter");
        page.waitForURL(Browser.origin() + CREATE + "/rds-double");
        type(
                page,
                Map.of(
                        "name",
                        "orders/database-" + word(scheme),
                        "rdsInstance",
                        "rm-2ze4k1",
                        "account",
                        user,
                        "password",
                        PASSWORD,
                        "otherAccount",
                        user + "_2",
                        "otherPassword",
                        PASSWORD),
                "name",
                "rdsInstance",
                "account",
                "password",
                "otherAccount",
                "otherPassword");
        tabToField(page, "rotate");
        press(page, "Space");
        chromium.look(page, "create-form", scheme);

        CompletableFuture<String> refused = worker.tries(
                user, "Login as " + user, "refused", "A login as " + user + " is refused (SQLSTATE 28P01).");
        press(page, "Enter");
        assertThat(page.locator("[role=alert]")).hasText("The account verification failed, so nothing was created.");
        refused.join();
        chromium.look(page, "create-refused", scheme);
        assertFalse(page.content().contains(PASSWORD));

        tabTo(page, "Change something");
        press(page, "Enter");
        assertThat(page.locator("#account")).hasValue(user);
        assertThat(page.locator("#password")).hasValue("");
        tabToField(page, "password");
        page.keyboard().type("the right one");
        CompletableFuture<String> tried =
                worker.tries(user, "Login as " + user, "works", "The database lets " + user + " in.");
        CompletableFuture<String> inspected = worker.inspects(user, "It is there.", "");
        CompletableFuture<String> inspectedToo = worker.inspects(user + "_2", "It is there.", "");
        press(page, "Enter");
        assertThat(page.locator("[role=status]")).hasText("What you typed works. Nothing is created yet.");
        tried.join();
        chromium.look(page, "create-review", scheme);
        assertEquals(Browser.origin() + CREATE + "/rds-double", page.url());

        tabTo(page, "Create");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/secret?name=orders%2Fdatabase-" + word(scheme));
        assertThat(page.locator("main")).containsText("Every 7 d.");
        inspected.join();
        inspectedToo.join();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aRamSecretAfterSomebodyElseHasFollowedTheLink(ColorScheme scheme) throws Exception {
        String user = "billing-" + word(scheme);
        consent.withdraw();
        Page page = loggedIn(scheme);
        page.navigate(Browser.origin() + CREATE + "/ram");
        assertThat(page.locator(".card .failed")).hasText("You are not authorized to do this action");
        type(page, Map.of("user", user, "keyId", "LTAI" + user, "keySecret", PASSWORD), "user", "keyId", "keySecret");
        chromium.look(page, "create-link", scheme);
        String link = page.locator(".card a").getAttribute("href");

        Page administrator = loggedIn(scheme);
        administrator.navigate(Browser.origin() + URI.create(link).getPath());
        tabTo(administrator, "Grant");
        press(administrator, "Enter");
        assertThat(administrator.locator(".card .works")).hasText("Granted: RAM secrets can be created.");

        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Shift+Tab");
        assertEquals("Refresh", Chromium.focused(page));
        press(page, "Enter");
        assertThat(page.locator(".card")).hasCount(0);
        assertThat(page.locator("#user")).hasValue(user);
        assertFalse(page.content().contains(PASSWORD));
        CompletableFuture<String> tried =
                worker.tries("LTAI" + user, "AccessKey LTAI" + user, "works", "A call signed with it is answered.");
        tabToField(page, "keyId");
        press(page, "Enter");
        assertThat(page.locator("[role=status]")).hasText("What you typed works. Nothing is created yet.");
        tried.join();
        tabTo(page, "Create");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/secret?name=**");
        assertEquals(1, rows.count("SELECT count(*) FROM secret WHERE name = ?", "acs/ram/user/" + user));
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aBackupIsKeptAsAFile(ColorScheme scheme) throws Exception {
        String id = instances.create("{\"name\":\"kept " + word(scheme) + "\",\"days\":40}");
        Page page = loggedIn(scheme);
        page.navigate(Browser.origin() + "/console/instances/" + id + "/back-up");
        type(
                page,
                Map.of("passphrase", "correct horse battery staple", "again", "correct horse battery staple"),
                "passphrase",
                "again");
        chromium.look(page, "backup", scheme);
        Download file = page.waitForDownload(() -> press(page, "Enter"));
        assertEquals(id + ".backup", file.suggestedFilename());
        assertTrue(Files.size(file.path()) > 0, "it is a file");
        page.navigate(Browser.origin() + "/console/instances/restore");
        chromium.look(page, "restore", scheme);
        page.locator("#backup").setInputFiles(file.path());
        tabToField(page, "passphrase");
        page.keyboard().type("another horse battery staple");
        press(page, "Enter");
        assertThat(page.locator("[role=alert]")).containsText("The backup does not open, and nothing was restored");
    }
}
