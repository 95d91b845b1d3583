package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static io.gyre.api.testing.Chromium.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of a secret in Debian's Chromium, by the keyboard alone; where there is none, this is left out. */
@QuarkusTest
class SecretInBrowserTest {
    @Inject
    Secrets secrets;

    @Inject
    ConsoleLogin login;

    @Inject
    Rows rows;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("secret"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromThePreviewOfAPolicyToARotationByTheKeyboard(ColorScheme scheme) throws Exception {
        String name = secrets.create(secrets.rdsDouble().setSecretName("invoices/database-" + word(scheme)));
        Page page = login.window(chromium, scheme);
        press(page, "/");
        page.keyboard().type("invoices/database-" + word(scheme));
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/secrets?secret=**");
        tabTo(page, "the view of KMS 1.0");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/secrets?view=kms-1.0**");
        tabTo(page, name);
        press(page, "Enter");
        String address = Browser.origin() + "/console/secret?name=invoices%2Fdatabase-" + word(scheme);
        page.waitForURL(address);

        tabToField(page, "interval");
        page.keyboard().type("30d");
        press(page, "Enter");
        page.waitForURL(address + "&interval=30d");
        chromium.look(page, "secret-preview", scheme);
        tabTo(page, "Set this policy");
        press(page, "Enter");
        page.waitForURL(address);
        assertThat(page.locator("main")).containsText("Every 30 d.");
        chromium.look(page, "secret", scheme);

        tabTo(page, "Show the value");
        press(page, "Enter");
        assertThat(page.locator("pre")).containsText("rds-password-a");
        assertEquals(Browser.origin() + "/console/secret", page.url());
        chromium.look(page, "secret-value", scheme);
        tabTo(page, "Hide it");
        press(page, "Enter");
        page.waitForURL(address);
        assertFalse(page.content().contains("rds-password-a"));

        tabTo(page, "Rotate now");
        press(page, "Enter");
        assertThat(page.locator("tbody th")).hasText(new String[] {name});
        tabTo(page, "Rotate now");
        press(page, "Enter");
        assertThat(page.locator("[role=alert]")).hasText("Your secret is being rotated, please try again later");
        chromium.look(page, "secret-refusal", scheme);
        assertEquals(1, rows.activeRotation("rotation_id", name).size());
    }
}
