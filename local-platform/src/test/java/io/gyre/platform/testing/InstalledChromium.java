package io.gyre.platform.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine. Its windows' complaints are noted: what the policy of the pages kept from running, for one. */
public final class InstalledChromium implements AutoCloseable {
    private static final Path IMAGES = TestPlatform.checkout().resolve("docs").resolve("images");

    private final List<String> complaints = new ArrayList<>();
    private final Playwright playwright;
    private final Browser browser;

    /** Starts it. */
    public InstalledChromium() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(installed().orElseThrow()));
    }

    private static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Leaves the tests out where there is none. */
    public static void require() {
        assumeTrue(installed().isPresent(), "There is no chromium on the PATH.");
    }

    public Page page(NewContextOptions options) {
        Page page = browser.newContext(options).newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Whether everybody can read the page as it is now, and nothing of it was kept from running. */
    public void requireAccessible(Page page, String name) {
        assertEquals(
                List.of(),
                new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .map(violation -> violation.getId() + ": " + violation.getNodes())
                                .toList(),
                name);
        assertEquals(List.of(), complaints, name);
    }

    /** With {@code -Dgyre.write-documents=true}, keeps how the page looks now as {@code docs/images/NAME-SCHEME.png}. */
    public static void picture(Page page, String name, ColorScheme scheme) throws IOException {
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.createDirectories(IMAGES);
            page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + "-" + word(scheme) + ".png")));
        }
    }

    public static String word(ColorScheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
