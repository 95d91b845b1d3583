package io.gyre.cli.terminal;

import io.gyre.platform.Progress;
import java.time.Duration;

/** A line when a process is being started, a line when it is healthy. */
public final class StartLines implements Progress {

    private final Console out;

    public StartLines(Console out) {
        this.out = out;
    }

    @Override
    public void starting(String process) {
        out.line(String.format("  %-16s starting", process));
    }

    @Override
    public void ready(String process, Duration after) {
        out.line(String.format("  %-16s ready after %s", process, Words.seconds(after)));
    }

    @Override
    public void stopping() {
        out.line("Stopping every process.");
    }

    @Override
    public void stopped(Duration after) {
        out.line("Stopped after " + Words.seconds(after) + ".");
    }
}
