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

    /** For {@code class} and {@code aria-current}. */
    public boolean at(String path) {
        return here.equals(path);
    }
}
