package io.gyre.cli.demo;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformFacts;

/** What {@code gyre demo} shows on a platform that runs. */
public final class Demo {

    private Demo() {}

    /**
     * Shows the demonstration from its first step to its last.
     *
     * @return whether every proof held
     * @throws io.gyre.platform.PlatformException if it could not be shown to its end, in one sentence
     */
    public static boolean run(PlatformFacts facts, Console out) {
        out.line("This build proves nothing yet: the platform runs at " + facts.endpoint() + ".");
        return false;
    }
}
