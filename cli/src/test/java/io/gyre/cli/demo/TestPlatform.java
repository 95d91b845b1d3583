package io.gyre.cli.demo;

import io.gyre.platform.AccessKeyFile;
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
record TestPlatform(Platform platform, PlatformPlan plan) {

    static final double SPEED = 7200;

    private static final int ATTEMPTS = 5;

    static TestPlatform start(Path home, int workers) {
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

    static TestPlatform start(PlatformPlan plan) {
        return new TestPlatform(Platform.start(plan, new Quiet()), plan);
    }

    static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("cli")) ? here : here.resolveSibling("");
    }

    Kms kms() {
        return new Kms(
                platform.facts().endpoint(), AccessKeyFile.read(platform.facts().administratorKeyFile()));
    }

    Cloud cloud() {
        return new Cloud(
                platform.facts().simulatorEndpoint(),
                AccessKeyFile.read(platform.facts().cloudAccountKeyFile()));
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
