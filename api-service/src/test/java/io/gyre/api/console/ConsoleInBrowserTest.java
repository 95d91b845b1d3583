package io.gyre.api.console;

import static io.gyre.api.testing.Chromium.focused;
import static io.gyre.api.testing.Chromium.follow;
import static io.gyre.api.testing.Chromium.press;
import static io.gyre.api.testing.Chromium.tabTo;
import static io.gyre.api.testing.Chromium.tabToField;
import static io.gyre.api.testing.Chromium.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.ram20150501.models.CreateLoginProfileRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.tea.TeaException;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Chromium;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.RotationConsent;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console in Debian's Chromium, by the keyboard alone; where there is none, these are left out. */
@QuarkusTest
class ConsoleInBrowserTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String CONSENT = "/console/authorize/ram-rotation";

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    ConsoleLogin login;

    @Inject
    OperationsClient operations;

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
    void openTheBrowser() throws Exception {
        consent.withdraw();
        chromium = new Chromium(Set.of("login", "consent", "granted", "secrets", "instances"));
    }

    @AfterEach
    void closeTheBrowser() {
        chromium.close();
        consent.give();
        rows.change("DELETE FROM console_failure WHERE subject = 'from/127.0.0.1'");
    }

    /** A user who may grant it, known by the same name in each picture. */
    private String administrator(ColorScheme scheme) throws Exception {
        String user = "anna." + word(scheme);
        clients.ram().createUser(new CreateUserRequest().setUserName(user));
        identities.attachToUser("AliyunRAMFullAccess", user);
        clients.ram()
                .createLoginProfile(
                        new CreateLoginProfileRequest().setUserName(user).setPassword(PASSWORD));
        return user;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void fromTheRefusedCreationByTheLinkToTheCreatedSecret(ColorScheme scheme) throws Exception {
        CreateSecretRequest wanted = secrets.ram();
        consent.withdraw();
        String user = administrator(scheme);
        TeaException refusal =
                assertThrows(TeaException.class, () -> clients.current().createSecret(wanted));
        String link = String.valueOf(refusal.getData().get("AuthorizationUrl"));
        Page page = chromium.page(scheme);

        page.navigate(Browser.origin() + URI.create(link).getPath());
        chromium.look(page, "login", scheme);
        page.locator("#user").focus();
        page.keyboard().type(user);
        press(page, "Tab");
        page.keyboard().type(PASSWORD);
        press(page, "Enter");
        page.waitForURL(Browser.origin() + CONSENT);
        chromium.look(page, "consent", scheme);
        tabTo(page, "Grant");
        press(page, "Enter");
        page.getByText("Granted: RAM secrets can be created.").waitFor();
        chromium.look(page, "granted", scheme);
        secrets.create(wanted);

        tabTo(page, "Log out");
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/login");
        page.navigate(Browser.origin() + CONSENT);
        assertTrue(page.url().contains("/console/login"), page.url());
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aLinkIsTakenOutOfTheAddressAndWaitsForAPerson(ColorScheme scheme) throws Exception {
        String token = login.token(operations.administrator());
        Page page = chromium.page(scheme);
        page.navigate(Browser.origin() + "/console/login#" + token);
        assertEquals(Browser.origin() + "/console/login", page.url());
        assertEquals("Log in with the link", focused(page));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM console_login_link WHERE token_hash = sha256(convert_to(?, 'UTF8'))",
                        token));

        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/");
        chromium.look(page, "overview-quiet", scheme);

        Cookie cookie = page.context().cookies().get(0);
        assertEquals(Browser.COOKIE, cookie.name);
        assertTrue(cookie.secure && cookie.httpOnly);
        assertEquals(SameSiteAttribute.LAX, cookie.sameSite);
        assertEquals(-1, cookie.expires);
        assertEquals("", page.evaluate("document.cookie"));
        page.navigate(Browser.origin() + "/console/nothing");
        chromium.look(page, "refusal", scheme);
    }

    @Test
    void whoMayNotGrantItSeesWhatIsMissing() throws Exception {
        Page page = chromium.page(ColorScheme.LIGHT);
        page.navigate(Browser.origin() + "/console/login#" + login.token(identities.keyOf(identities.user())));
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/");
        page.navigate(Browser.origin() + CONSENT);
        chromium.look(page, "missing", ColorScheme.LIGHT);
        assertTrue(page.content().contains("It needs ram:CreateRole on"));
        assertEquals(
                0,
                page.getByText("Grant", new Page.GetByTextOptions().setExact(true))
                        .count());
    }

    /** Of each kind that the list shows in another way, in both views. */
    private void secretsToShow() throws Exception {
        String payments = instances.create("{\"name\":\"payments\",\"days\":365}");
        String archive = instances.create("{\"name\":\"archive\",\"days\":30}");
        secrets.create(rotatedWeekly(secrets.ram()
                .setExtendedConfig(Map.of("SecretSubType", "RamUserAccessKey", "UserName", "billing"))
                .setDKMSInstanceId(payments)));
        rotate(secrets.create(rotatedWeekly(
                secrets.ecsPassword().setSecretName("acs/ecs/bastion/root").setDKMSInstanceId(payments))));
        rotate(secrets.create(
                secrets.ecsKey().setSecretName("acs/ecs/gateway/deploy").setDKMSInstanceId(payments)));
        rows.change("UPDATE rotation SET state = 'Waiting', wake_at = NULL, wake_clock = NULL FROM secret s"
                + " WHERE s.secret_id = rotation.secret_id AND s.name = 'acs/ecs/gateway/deploy'");
        rows.change(
                "UPDATE rotation SET requested_at = requested_at - interval '26 hours 12 minutes' FROM secret s"
                        + " WHERE s.secret_id = rotation.secret_id AND s.name IN ('acs/ecs/bastion/root', 'acs/ecs/gateway/deploy')");
        secrets.create(rotatedWeekly(
                secrets.rdsDouble().setSecretName("orders/database").setDKMSInstanceId(payments)));
        secrets.create(secrets.rdsSingle().setSecretName("orders/ledger-2019").setDKMSInstanceId(archive));
        secrets.create(secrets.generic().setSecretName("orders/webhook-key").setDKMSInstanceId(payments));
        secrets.create(
                secrets.generic().setSecretName("orders/webhook-key-2024").setDKMSInstanceId(payments));
        clients.current()
                .deleteSecret(new DeleteSecretRequest()
                        .setSecretName("orders/webhook-key-2024")
                        .setRecoveryWindowInDays("30"));
        instances.expire(archive, 1);
        secrets.create(rotatedWeekly(secrets.rdsSingle().setSecretName("orders/elder-database")));
        secrets.create(secrets.generic().setSecretName("orders/elder-mail-password"));
    }

    private static CreateSecretRequest rotatedWeekly(CreateSecretRequest request) {
        return request.setEnableAutomaticRotation(true).setRotationInterval("604800s");
    }

    private void rotate(String secret) throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(secret).setVersionId("v2"));
    }

    @Test
    void bothViewsOfTheSecretsAreReadAndSearchedByTheKeyboard() throws Exception {
        secretsToShow();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = chromium.page(scheme);
            login.administrator(page);

            tabTo(page, "Secrets");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets");
            chromium.look(page, "secrets", scheme);
            tabTo(page, "the view of KMS 1.0");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets?view=kms-1.0");
            chromium.look(page, "elder", scheme);

            tabToField(page, "secret");
            page.keyboard().type("orders/elder-d");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets?view=kms-1.0&secret=orders%2Felder-d&limit=");
            assertEquals(
                    List.of("orders/elder-database"), page.locator("tbody th").allTextContents());
            page.locator("#secret").fill("<b>");
            press(page, "Enter");
            page.getByText("it must be the beginning of a secret's name").waitFor();
            chromium.look(page, "not-a-name", scheme);
            page.navigate(Browser.origin() + "/console/secrets?secret=nobody-has-this-name");
            chromium.look(page, "no-secrets", scheme);
        }
    }

    @Test
    void theOtherPagesAreReadByEverybody() throws Exception {
        instances.create("{\"name\":\"billing\",\"days\":300}");
        String instance = instances.create("{\"name\":\"ledger\",\"days\":20}");
        instances.expire(instances.create("{\"name\":\"reports\",\"days\":30}"), 3);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = login.window(chromium, scheme);
            tabTo(page, "Instances");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/instances");
            chromium.look(page, "instances", scheme);
            page.navigate(Browser.origin() + "/console/instances/" + instance + "/renew");
            chromium.look(page, "renewal", scheme);
            tabTo(page, "Audit");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/audit");
            chromium.look(page, "audit", scheme);
        }
    }

    /** Measured of all that stands in the bar, the longest of names included. */
    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void theNavigationStandsInOneLineAndLeadsToTheConsentOfTheAccount(ColorScheme scheme) throws Exception {
        String user = "n".repeat(50) + "." + word(scheme);
        clients.ram().createUser(new CreateUserRequest().setUserName(user));
        Page page = chromium.page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1180, 760));
        for (String token : List.of(login.token(identities.keyOf(user)), login.token(operations.administrator()))) {
            page.navigate(Browser.origin() + "/console/login#" + token);
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/");
            assertEquals(
                    true,
                    page.evaluate(
                            "(() => { const boxes = [...document.querySelectorAll('.bar a, .bar input, .bar .who, .bar"
                                    + " button')].map(each => each.getBoundingClientRect());"
                                    + " const middles = boxes.filter(box => box.left >= 0 && box.width > 0).map(box => (box.top + box.bottom) / 2);"
                                    + " return Math.max(...middles) - Math.min(...middles) < 8"
                                    + " && boxes.every(box => box.right <= innerWidth)"
                                    + " && document.documentElement.scrollWidth <= innerWidth; })()"));
            chromium.look(page, "navigation", scheme);
            page.context().clearCookies();
        }
        login.administrator(page);
        follow(page, "Access", "/console/access");
        follow(page, "Rotation of RAM secrets", CONSENT);
        assertEquals(
                List.of("Access", "Rotation of RAM secrets"),
                page.locator("[aria-current]").allTextContents());
        consent.give();
        page.navigate(Browser.origin() + "/console/secrets/create/ram");
        chromium.look(page, "create-ram", scheme);
        page.locator("main a[href$='" + CONSENT + "']").press("Enter");
        page.waitForURL(Browser.origin() + CONSENT);
    }

    /** What another site's page can make this browser do, whose person is logged in here. */
    @Test
    void anotherSiteLeadsHereAndDoesNothingHere() throws Exception {
        Page page = chromium.page(ColorScheme.LIGHT);
        login.administrator(page);
        page.context()
                .route(
                        "http://elsewhere.example/**",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<a href='" + Browser.origin() + CONSENT + "'>the link</a>"
                                        + "<form method='post' action='" + Browser.origin() + CONSENT
                                        + "'><button>trap</button></form>"
                                        + "<iframe src='" + Browser.origin() + CONSENT + "'></iframe>")));

        page.navigate("http://elsewhere.example/");
        page.getByText("trap").click();
        page.getByText("The form was not sent by a page of this console").waitFor();
        assertFalse(consent.isGiven());

        page.navigate("http://elsewhere.example/");
        page.getByText("the link").click();
        page.waitForURL(Browser.origin() + CONSENT);
        assertTrue(page.getByText("Not granted: RAM secrets cannot be created.").isVisible());
    }
}
