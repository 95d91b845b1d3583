package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static io.gyre.api.testing.Chromium.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
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
    Keys keys;

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
        Page page = chromium.page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1180, 900));
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
                        PASSWORD,
                        "tagKey1",
                        "team",
                        "tagValue1",
                        "orders"),
                "name",
                "rdsInstance",
                "account",
                "password",
                "otherAccount",
                "otherPassword",
                "tagKey1",
                "tagValue1");
        tabToField(page, "rotate");
        press(page, "Space");
        page.setViewportSize(1180, 1160);
        chromium.look(page, "create-form", scheme);
        page.setViewportSize(1180, 900);

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
        page.setViewportSize(1180, 580);
        chromium.look(page, "create-link", scheme);
        String link = page.locator(".card a").getAttribute("href");
        press(page, "Enter");
        assertThat(page.locator("h1")).hasText("acs/ram/user/" + user);
        chromium.look(page, "create-unauthorized", scheme);
        tabTo(page, "Change something");
        press(page, "Enter");

        Page administrator = loggedIn(scheme);
        administrator.navigate(Browser.origin() + URI.create(link).getPath());
        tabTo(administrator, "Grant");
        press(administrator, "Enter");
        assertThat(administrator.locator(".card .works")).hasText("Granted: RAM secrets can be created.");

        tabTo(page, "Refresh");
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
    void binaryDataUnderAChosenKeyWithTags(ColorScheme scheme) throws Exception {
        String instance = instances.create("{\"name\":\"" + word(scheme) + " vault\",\"days\":200}");
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String name = "orders/keystore-" + word(scheme);
        Page page = loggedIn(scheme);
        page.navigate(Browser.origin() + CREATE + "/generic");
        type(
                page,
                Map.of(
                        "name",
                        name,
                        "dataType",
                        "binary",
                        "value",
                        "AAEC/w==",
                        "instance",
                        word(scheme),
                        "tagKey1",
                        "team"),
                "name",
                "dataType",
                "value",
                "instance",
                "tagKey1");
        page.keyboard().press("Shift+Tab");
        page.keyboard().press("Shift+Tab");
        assertEquals("List its keys", Chromium.focused(page));
        press(page, "Enter");
        assertThat(page.locator("#key option")).hasText(new String[] {"the service's own", key});
        assertEquals("key", page.evaluate("document.activeElement.id"));
        page.keyboard().type(key.substring(0, 8));
        tabToField(page, "tagValue1");
        page.keyboard().type("payments");
        tabTo(page, "Another tag");
        press(page, "Enter");
        assertThat(page.locator("#tagKey2")).isFocused();
        page.keyboard().type("format");
        tabToField(page, "tagValue2");
        page.keyboard().type("PKCS #12");
        assertThat(page.locator("#dataType")).hasValue("binary");
        assertThat(page.locator("#key")).hasValue(key);
        assertThat(page.locator("#value")).hasValue("");

        press(page, "Enter");
        assertThat(page.locator("#tagValue2")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#tagValue1")).not().hasAttribute("aria-invalid", "true");
        chromium.look(page, "create-binary", scheme);
        page.locator("#tagValue2").fill("PKCS-12");
        page.locator("#tagValue2").press("Enter");
        page.waitForURL(Browser.origin() + "/console/secret?name=**");
        assertThat(page.locator("main")).containsText(key);
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret s JOIN secret_version v USING (secret_id) WHERE s.name = ?"
                                + " AND s.instance_id = ? AND v.data_type = 'binary'",
                        name,
                        instance));
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
