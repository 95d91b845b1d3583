package io.gyre.api.console;

import java.util.Optional;

/**
 * What stands around every page.
 *
 * @param here the page's path, as the navigation has it
 * @param visitor empty for whoever is not logged in
 */
record Frame(String title, String here, Optional<Visitor> visitor) {
    static Frame of(String title, Visit visit, Visitor visitor) {
        return new Frame(title, visit.path(), Optional.of(visitor));
    }

    static Frame of(String title, Visit visit) {
        return new Frame(title, visit.path(), Optional.empty());
    }

    public String style() {
        return StaticFiles.STYLE.address();
    }

    public String icon() {
        return StaticFiles.ICON.address();
    }

    public String script() {
        return StaticFiles.LINK_SCRIPT.address();
    }

    /** Of every page for those who are logged in. */
    public String consoleScript() {
        return StaticFiles.CONSOLE_SCRIPT.address();
    }

    /** Where the page's changes come from, if it is one that has any. */
    public String live() {
        return ConsoleRoutes.LIVE + here.substring(ConsoleRoutes.ROOT.length());
    }

    /** For {@code class} and {@code aria-current}. */
    public boolean at(String path) {
        return here.equals(path);
    }

    /** Whether the page is that one, or one below it. */
    public boolean below(String path) {
        return at(path) || here.startsWith(path + "/");
    }
}
