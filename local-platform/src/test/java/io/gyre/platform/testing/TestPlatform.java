package io.gyre.platform.testing;

import io.gyre.platform.Platform;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * Every process as it is run for people, at ports that were free: tests of other checkouts may run on this machine, too.
 *
 * @param plan with which it may be started again
 */
public record TestPlatform(Platform platform, PlatformPlan plan) {

    /** Calendar seconds per second: 48 hours pass in 24 seconds. */
    public static final double SPEED = 7200;

    private static final int ATTEMPTS = 5;

    /** With so many workers, on whatever lies in this folder. */
    public static TestPlatform start(Path home, int workers) {
        Random random = new Random();
        for (int attempt = 1; ; attempt++) {
            int portBase = 20_000 + 200 * random.nextInt(60);
            PlatformPlan plan = new PlatformPlan(home, checkout(), portBase, SPEED).withWorkers(workers);
            try {
                return start(plan);
            } catch (PlatformException e) {
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("is taken")) {
                    throw e;
                }
            }
        }
    }

    /** The same again, or another. */
    public static TestPlatform start(PlatformPlan plan) {
        return new TestPlatform(Platform.start(plan, new Quiet()), plan);
    }

    /** The folder whose subfolders are the modules, wherever the tests run. */
    public static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("local-platform")) ? here : here.resolveSibling("");
    }

    /** Nobody watches. */
    private static final class Quiet implements Progress {
        @Override
        public void starting(String process) {}

        @Override
        public void ready(String process, Duration after) {}

        @Override
        public void stopping() {}

        @Override
        public void stopped(Duration after) {}
    }
}
