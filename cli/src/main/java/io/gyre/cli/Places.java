package io.gyre.cli;

import io.gyre.platform.Home;
import io.gyre.platform.HomeLock;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which folder a command means. */
final class Places {

    private static final String UP = "up";
    private static final String DEMO = "demo";

    private Places() {}

    /** Where Gyre was built: the launcher says it. */
    static Path checkout() {
        return Path.of(System.getProperty("gyre.checkout", "")).toAbsolutePath();
    }

    /** Into which folder of each module it was built. */
    static String build() {
        return System.getProperty("gyre.build", "target");
    }

    static Home forUp(@Nullable Path chosen) {
        return home(chosen, UP);
    }

    static Home forDemo(@Nullable Path chosen) {
        return home(chosen, DEMO);
    }

    /** The home that was chosen; else the one that is in use; else that of {@code gyre up}. */
    static Home inUse(@Nullable Path chosen) {
        return List.of(forUp(chosen), forDemo(chosen)).stream()
                .filter(home -> HomeLock.holder(home).isPresent())
                .findFirst()
                .orElse(forUp(chosen));
    }

    private static Home home(@Nullable Path chosen, String name) {
        Path folder = chosen == null ? checkout().resolve(".gyre").resolve(name) : chosen;
        return new Home(folder.toAbsolutePath().normalize());
    }
}
