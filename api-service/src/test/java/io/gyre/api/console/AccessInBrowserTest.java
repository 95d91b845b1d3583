package io.gyre.api.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gyre.api.testing.Chromium.follow;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static io.gyre.api.testing.Chromium.word;

import com.aliyun.ram20150501.models.CreateUserRequest;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of access in Debian's Chromium, by the keyboard alone; where there is none, these are left out. */
@QuarkusTest
class AccessInBrowserTest {
    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    AccessPoints points;

    @Inject
    ConsoleLogin login;

    private Chromium chromium;

    @BeforeAll
    static void findTheBrowser() {
        Chromium.require();
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = new Chromium(Set.of("access-test"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromAUsersKeysToTheStatementThatDecides(ColorScheme scheme) throws Exception {
        String user = "0-orders." + word(scheme);
        clients.ram().createUser(new CreateUserRequest().setUserName(user).setComments("The program of the shop"));
        identities.keyOf(user);
        identities.attachToUser("AliyunKMSReadOnlyAccess", user);
        String secret = secrets.create(secrets.generic().setSecretName("orders/webhook-" + word(scheme)));
        String point = points.accessPoint(points.policy(instances.create(), "[\"secret/orders\"]", null));
        points.login(point);
        Page page = login.window(chromium, scheme);

        follow(page, "Access", "/console/access");
        chromium.look(page, "access", scheme);
        follow(page, user, "/console/access/identity?principal=user%2F" + user);
        chromium.look(page, "identity", scheme);
        follow(page, "What may it do?", "/console/access/test?principal=user%2F" + user);
        chromium.look(page, "access-test-empty", scheme);
        tabToField(page, "action");
        page.keyboard().type("kms:GetSecretValue");
        tabToField(page, "resource");
        page.keyboard().type("secret/" + secret);
        press(page, "Enter");
        assertThat(page.locator("[role=status]"))
                .containsText("Not allowed: user/" + user + " may not call kms:GetSecretValue.");
        chromium.look(page, "access-test", scheme);

        page.locator("#action").fill("kms:DescribeSecret");
        page.locator("#action").press("Enter");
        assertThat(page.locator("[role=status]")).containsText("Allowed: user/" + user);
        tabTo(page, "Statement 1 of AliyunKMSReadOnlyAccess");
        press(page, "Enter");
        page.waitForURL("**#statement-1");
        chromium.look(page, "policy", scheme);
        page.navigate(Browser.origin() + "/console/access/policies");
        chromium.look(page, "policies", scheme);
        follow(page, "Access points", "/console/access/points");
        chromium.look(page, "points", scheme);
        page.navigate(Browser.origin() + "/console/access/point?name=" + point);
        chromium.look(page, "point", scheme);
        page.navigate(Browser.origin() + "/console/access/test?principal=user%2F" + user + "&action=kms:Nothing");
        assertThat(page.locator("[role=alert]")).containsText("no call asks for it");
        chromium.look(page, "access-test-refused", scheme);
    }
}
