package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.focused;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.word;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rotations as somebody watches them in Debian's Chromium; where there is none, these are left out. */
@QuarkusTest
class RotationInBrowserTest {
    @Inject
    Secrets secrets;

    @Inject
    ConsoleLogin login;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    @Inject
    Rows rows;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("rotation", "overview", "rotations"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
    }

    private static void shows(Page page, String text) {
        assertThat(page.locator("[data-live]")).containsText(text);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aWholeRotationIsWatchedWithoutLoadingThePageAgain(ColorScheme scheme) throws Exception {
        String secret = secrets.create(
                secrets.ram()
                        .setExtendedConfig(
                                Map.of("SecretSubType", "RamUserAccessKey", "UserName", "payments-" + word(scheme)))
                        .setSecretData(
                                "{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI5tA9bR4kx7Qf\",\"AccessKeySecret\":\"ram-secret-1\"}]}"));
        String id = secrets.rotate(secret);
        Page page = login.window(chromium, scheme);
        tabTo(page, "Rotations");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/rotations");
        tabTo(page, secret);
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/rotations/" + id);
        assertThat(page.locator("[data-live-state]")).hasText("Shown anew as it changes.");
        page.evaluate("window.loadedOnce = true");
        tabTo(page, "Extend overlap");

        worker.enters(id, "CREATE", "Creating an AccessKey");
        shows(page, "Creating an AccessKey");
        worker.names(id, "LTAI5tQ8mW2cp2Rk");
        worker.enters(id, "PROVE", "Created AccessKey LTAI5tQ8mW2cp2Rk");
        assertThat(page.locator("svg.rotation text.station")).hasText(new String[] {"created"});
        worker.enters(id, "OVERLAP", "AccessKey LTAI5tQ8mW2cp2Rk works and is current.");
        worker.rests(id, 31, 17);
        shows(page, "goes on in 16 h 59 min");
        assertThat(page.locator("svg.rotation text.station")).hasText(new String[] {"disable", "created", "current"});
        assertEquals("Extend overlap", focused(page));
        chromium.look(page, "rotation", scheme);

        worker.findsLate(
                id,
                "RAM user payments: AccessKey LTAI5tA9bR4kx7Qf is active, and was used an hour ago. The former key outlives its"
                        + " overlap, so two keys open the same doors. See which program still uses it, then Retry.");
        shows(page, "See which program still uses it, then Retry.");
        chromium.look(page, "rotation-late", scheme);
        worker.enters(id, "GRACE_PERIOD", "The former AccessKey is disabled");
        worker.enters(id, "PROVE_REFUSED", "Proving that the former AccessKey is refused");
        worker.enters(id, "SUCCEEDED", "The new AccessKey is the only one");
        shows(page, "succeeded after 31 h");
        assertThat(page.locator(".orders a")).hasCount(0);
        chromium.look(page, "rotation-ended", scheme);
        assertEquals(true, page.evaluate("window.loadedOnce"));
    }

    @Test
    void aRotationIsRolledBackByTheKeyboardOnceSomebodyIsSure() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsDouble()));
        Page page = login.window(chromium, ColorScheme.LIGHT);
        page.navigate(Browser.origin() + "/console/rotations/" + id);
        tabTo(page, "Roll back");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/rotations/" + id + "/roll-back");
        chromium.look(page, "roll-back", ColorScheme.LIGHT);
        CompletableFuture<Void> taken = worker.takesOrder(id, "Failed", "Rolled back.");
        tabTo(page, "Roll back");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/rotations/" + id);
        taken.get(30, TimeUnit.SECONDS);
        shows(page, "Rolled back.");
        shows(page, "failed after");
    }

    @Test
    void extendingAsksForHowLong() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.ram()));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = login.window(chromium, scheme);
            page.navigate(Browser.origin() + "/console/rotations/" + id + "/extend");
            assertThat(page.locator("#hours")).hasValue("24");
            chromium.look(page, "extend", scheme);
            page.navigate(Browser.origin() + "/console/rotations/" + id + "/give-up");
            chromium.look(page, "give-up", scheme);
        }
    }

    @Test
    void whoLogsOutElsewhereIsToldSoOnThePage() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        Page page = login.window(chromium, ColorScheme.LIGHT);
        page.navigate(Browser.origin() + "/console/rotations/" + id);
        assertThat(page.locator("[data-live-state]")).hasText("Shown anew as it changes.");
        Page other = page.context().newPage();
        other.navigate(Browser.origin() + "/console/");
        tabTo(other, "Log out");
        press(other, "Enter");
        assertThat(page.locator("[data-live-state]")).containsText("You are not logged in any more");
        worker.enters(id, "SUCCEEDED", "The new password is current");
    }

    @Test
    void withoutAScriptThePageSaysHowOldItIs() throws Exception {
        String id = secrets.rotate(secrets.create(secrets.rdsSingle()));
        Page page = chromium.page(new NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(Browser.origin() + "/console/login");
        page.locator("#code").fill(login.token(operations.administrator()));
        page.locator("#use-code").press("Enter");
        page.waitForURL(Browser.origin() + "/console/");
        page.navigate(Browser.origin() + "/console/rotations/" + id);
        shows(page, "As of 2");
        assertThat(page.locator("[data-live-state]")).hasText("Load the page again for what is new.");
        worker.enters(id, "SUCCEEDED", "The new password is current");
    }

    @Test
    void aSlashGoesToTheSearchAndWithinAFieldItIsASlash() throws Exception {
        String secret = secrets.create(secrets.rdsSingle().setSecretName("slash/searched"));
        secrets.rotate(secret);
        Page page = login.window(chromium, ColorScheme.LIGHT);
        press(page, "/");
        assertEquals("search", page.evaluate("document.activeElement.id"));
        page.navigate(Browser.origin() + "/console/rotations");
        press(page, "/");
        assertEquals("secret", page.evaluate("document.activeElement.id"));
        page.keyboard().type("slash/");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/rotations?secret=slash%2F&limit=");
        assertThat(page.locator("tbody th")).hasText(new String[] {secret});
    }

    /** What the account has besides is other tests': the rows of this one are late, so that they come first. */
    @Test
    void theOverviewShowsWhatMovesAsItMoves() throws Exception {
        String orders = secrets.create(secrets.rdsDouble().setSecretName("overview/orders"));
        String id = secrets.rotate(orders);
        worker.enters(id, "PROVE", "Proving the new password with a login");
        worker.findsLate(id, "Account orders_b is absent. Create it again, then retry.");
        String overlapping = secrets.rotate(secrets.create(
                secrets.ram().setExtendedConfig(Map.of("SecretSubType", "RamUserAccessKey", "UserName", "invoices"))));
        worker.names(overlapping, "LTAI5tQ8mW2cp2Rk");
        worker.enters(overlapping, "OVERLAP", "The new AccessKey works and is current");
        worker.rests(overlapping, 20, 28);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = login.window(chromium, scheme);
            shows(page, "overview/orders");
            page.evaluate("window.loadedOnce = true");
            chromium.look(page, "overview", scheme);
            page.navigate(Browser.origin() + "/console/rotations?limit=10");
            chromium.look(page, "rotations", scheme);
        }
        Page page = login.window(chromium, ColorScheme.LIGHT);
        shows(page, "overview/orders");
        page.evaluate("window.loadedOnce = true");
        worker.enters(id, "SUCCEEDED", "The new password is current");
        assertThat(page.locator("[data-live]")).not().containsText("overview/orders");
        assertEquals(true, page.evaluate("window.loadedOnce"));
    }
}
