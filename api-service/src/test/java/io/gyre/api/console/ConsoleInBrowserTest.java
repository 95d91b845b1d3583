package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.ram20150501.models.CreateLoginProfileRequest;
import com.aliyun.ram20150501.models.CreateUserRequest;
import com.aliyun.tea.TeaException;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.gyre.api.testing.Browser;
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
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

    /** Of these pages, pictures are written with {@code -Dgyre.write-documents=true}. */
    private static final Path IMAGES = Path.of("..", "docs", "images");

    private static final Set<String> SHOWN = Set.of("login", "consent", "granted", "secrets");

    private static Optional<Path> chromium = Optional.empty();

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

    private final List<String> complaints = new ArrayList<>();
    private Playwright playwright;
    private com.microsoft.playwright.Browser browser;

    @BeforeAll
    static void findTheBrowser() {
        chromium = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "There is no chromium on the PATH.");
    }

    @BeforeEach
    void openTheBrowser() throws Exception {
        consent.withdraw();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium.orElseThrow()));
    }

    @AfterEach
    void closeTheBrowser() {
        playwright.close();
        consent.give();
        rows.change("DELETE FROM console_failure WHERE subject = 'from/127.0.0.1'");
    }

    /** A window, whose complaints are noted: what the policy of the pages kept from running, for one. */
    private Page page(ColorScheme scheme) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(960, 640));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private void look(Page page, String name, ColorScheme scheme) throws Exception {
        assertEquals(
                List.of(),
                new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .map(violation -> violation.getId() + ": " + violation.getNodes())
                                .toList(),
                name);
        assertEquals(List.of(), complaints, name);
        if (SHOWN.contains(name) && Boolean.getBoolean("gyre.write-documents")) {
            Files.createDirectories(IMAGES);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(IMAGES.resolve(
                            "console-" + name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
        }
    }

    private static String word(ColorScheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
    }

    private void tabTo(Page page, String text) {
        for (int i = 0; i < 20 && !focused(page).equals(text); i++) {
            press(page, "Tab");
        }
        assertEquals(text, focused(page));
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
        Page page = page(scheme);

        page.navigate(Browser.origin() + URI.create(link).getPath());
        look(page, "login", scheme);
        page.locator("#user").focus();
        page.keyboard().type(user);
        press(page, "Tab");
        page.keyboard().type(PASSWORD);
        press(page, "Enter");
        page.waitForURL(Browser.origin() + CONSENT);
        look(page, "consent", scheme);
        tabTo(page, "Grant");
        press(page, "Enter");
        page.getByText("Granted: RAM secrets can be created.").waitFor();
        look(page, "granted", scheme);
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
        Page page = page(scheme);
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
        look(page, "start", scheme);

        Cookie cookie = page.context().cookies().get(0);
        assertEquals(Browser.COOKIE, cookie.name);
        assertTrue(cookie.secure && cookie.httpOnly);
        assertEquals(SameSiteAttribute.LAX, cookie.sameSite);
        assertEquals(-1, cookie.expires);
        assertEquals("", page.evaluate("document.cookie"));
        page.navigate(Browser.origin() + "/console/nothing");
        look(page, "refusal", scheme);
    }

    @Test
    void whoMayNotGrantItSeesWhatIsMissing() throws Exception {
        Page page = page(ColorScheme.LIGHT);
        page.navigate(Browser.origin() + "/console/login#" + login.token(identities.keyOf(identities.user())));
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/");
        page.navigate(Browser.origin() + CONSENT);
        look(page, "missing", ColorScheme.LIGHT);
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
            Page page = page(scheme);
            page.navigate(Browser.origin() + "/console/login#" + login.token(operations.administrator()));
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/");

            tabTo(page, "Secrets");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets");
            look(page, "secrets", scheme);
            tabTo(page, "the view of KMS 1.0");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets?view=kms-1.0");
            look(page, "elder", scheme);

            tabToField(page, "secret");
            page.keyboard().type("orders/elder-d");
            press(page, "Enter");
            page.waitForURL(Browser.origin() + "/console/secrets?view=kms-1.0&secret=orders%2Felder-d&limit=");
            assertEquals(
                    List.of("orders/elder-database"), page.locator("tbody th").allTextContents());
            page.locator("#secret").fill("<b>");
            press(page, "Enter");
            page.getByText("it must be the beginning of a secret's name").waitFor();
            look(page, "not-a-name", scheme);
            page.navigate(Browser.origin() + "/console/secrets?secret=nobody-has-this-name");
            look(page, "no-secrets", scheme);
        }
    }

    private static void tabToField(Page page, String id) {
        for (int i = 0; i < 20 && !id.equals(page.evaluate("document.activeElement.id")); i++) {
            press(page, "Tab");
        }
        assertEquals(id, page.evaluate("document.activeElement.id"));
    }

    /** What another site's page can make this browser do, whose person is logged in here. */
    @Test
    void anotherSiteLeadsHereAndDoesNothingHere() throws Exception {
        Page page = page(ColorScheme.LIGHT);
        page.navigate(Browser.origin() + "/console/login#" + login.token(operations.administrator()));
        press(page, "Enter");
        page.waitForURL(Browser.origin() + "/console/");
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
