package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.follow;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Campaigns;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of campaigns in Debian's Chromium, by the keyboard alone; where there is none, these are left out. */
@QuarkusTest
class CampaignInBrowserTest {
    @Inject
    Secrets secrets;

    @Inject
    Campaigns campaigns;

    @Inject
    ConsoleLogin login;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("campaign"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromTheFormOfACampaignToItsFirstRotation(ColorScheme scheme) throws Exception {
        String prefix = campaigns.secrets(13, secrets::rdsSingle);
        Page page = login.window(chromium, scheme);
        follow(page, "Campaigns", "/console/campaigns");
        chromium.look(page, "campaigns", scheme);
        follow(page, "Create a campaign", "/console/campaigns/create");
        chromium.look(page, "create-campaign", scheme);
        tabToField(page, "name");
        page.keyboard().type("payments, after the leak");
        tabToField(page, "secret");
        page.keyboard().type(prefix + "*");
        press(page, "Enter");
        page.waitForURL("**/console/campaigns/*-*");
        String address = page.url();
        assertThat(page.locator("main")).containsText("paused · wave 0 of 3 · 0 of 13 secrets done");
        chromium.look(page, "campaign-planned", scheme);
        page.navigate(address + "/dry-run");
        chromium.look(page, "campaign-dry-run", scheme);
        page.navigate(address);

        tabTo(page, "Begin");
        press(page, "Enter");
        page.waitForURL(address + "/resume");
        chromium.look(page, "campaign-order", scheme);
        tabTo(page, "Begin");
        press(page, "Enter");
        page.waitForURL(address);
        assertThat(page.locator("[data-live]")).containsText("running · wave 1 of 3");
        assertThat(page.locator("[data-live-state]")).hasText("Shown anew as it changes.");
        page.evaluate("window.loadedOnce = true");
        campaigns.order(address.substring(address.lastIndexOf('/') + 1), "pause");
        assertThat(page.locator("[data-live]")).containsText("paused · wave 1 of 3");
        assertThat(page.locator("tbody")).containsText("under way");
        chromium.look(page, "campaign", scheme);
        assertEquals(true, page.evaluate("window.loadedOnce"));
        follow(page, "all secrets", address.substring(Browser.origin().length()) + "/secrets");
        chromium.look(page, "campaign-secrets", scheme);
        page.navigate(address + "/roll-back");
        chromium.look(page, "campaign-roll-back", scheme);
        page.navigate(Browser.origin() + "/console/campaigns?state=RolledBack");
        chromium.look(page, "campaigns-none", scheme);
    }
}
