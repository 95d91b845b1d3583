package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
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
import java.util.Set;
import java.util.stream.Stream;

/** Debian's Chromium, used by the keyboard. Its windows' complaints are noted: what the policy of the pages kept from running, for one. */
public final class Chromium implements AutoCloseable {
    /** Pictures are written here with {@code -Dgyre.write-documents=true}. */
    private static final Path IMAGES = Path.of("..", "docs", "images");

    /** More than any page has places to tab to before the one that is meant. */
    private static final int MOST_TABS = 40;

    private final Set<String> shown;
    private final List<String> complaints = new ArrayList<>();
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    /** @param shown the names of the looks of which pictures are kept */
    public Chromium(Set<String> shown) {
        this.shown = shown;
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

    public Page page(ColorScheme scheme) {
        return page(new NewContextOptions().setColorScheme(scheme).setViewportSize(960, 640));
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
    public void look(Page page, String name, ColorScheme scheme) throws IOException {
        assertEquals(
                List.of(),
                new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .map(violation -> violation.getId() + ": " + violation.getNodes())
                                .toList(),
                name);
        assertEquals(List.of(), complaints, name);
        if (shown.contains(name) && Boolean.getBoolean("gyre.write-documents")) {
            Files.createDirectories(IMAGES);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(IMAGES.resolve("console-" + name + "-" + word(scheme) + ".png")));
        }
    }

    public static String word(ColorScheme scheme) {
        return scheme.name().toLowerCase(Locale.ROOT);
    }

    public static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    /** The text of what has the focus. */
    public static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
    }

    /** By the keyboard, to what has this text. */
    public static void tabTo(Page page, String text) {
        for (int i = 0; i < MOST_TABS && !focused(page).equals(text); i++) {
            press(page, "Tab");
        }
        assertEquals(text, focused(page));
    }

    /** By the keyboard, to the field of this id. */
    public static void tabToField(Page page, String id) {
        for (int i = 0; i < MOST_TABS && !id.equals(page.evaluate("document.activeElement.id")); i++) {
            press(page, "Tab");
        }
        assertEquals(id, page.evaluate("document.activeElement.id"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
