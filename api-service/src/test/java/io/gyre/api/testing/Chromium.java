package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.platform.testing.InstalledChromium;
import java.io.IOException;
import java.util.Set;

/** Chromium before the console, used by the keyboard. */
public final class Chromium implements AutoCloseable {
    /** More than any page has places to tab to before the one that is meant. */
    private static final int MOST_TABS = 40;

    private final Set<String> shown;
    private final InstalledChromium chromium = new InstalledChromium();

    /** @param shown the names of the looks of which pictures are kept, with {@code -Dgyre.write-documents=true} */
    public Chromium(Set<String> shown) {
        this.shown = shown;
    }

    /** Leaves the tests out where there is none. */
    public static void require() {
        InstalledChromium.require();
    }

    public Page page(ColorScheme scheme) {
        return page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1180, 640));
    }

    public Page page(NewContextOptions options) {
        return chromium.page(options);
    }

    /** Whether everybody can read the page as it is now, and nothing of it was kept from running. */
    public void look(Page page, String name, ColorScheme scheme) throws IOException {
        chromium.requireAccessible(page, name);
        if (shown.contains(name)) {
            InstalledChromium.picture(page, "console-" + name, scheme);
        }
    }

    public static String word(ColorScheme scheme) {
        return InstalledChromium.word(scheme);
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

    /** By the keyboard, along the link with this text, which leads to this path. */
    public static void follow(Page page, String text, String path) {
        tabTo(page, text);
        press(page, "Enter");
        page.waitForURL(Browser.origin() + path);
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
        chromium.close();
    }
}
