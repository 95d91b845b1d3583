package io.gyre.cli.terminal;

import io.gyre.platform.Platform;
import io.gyre.platform.process.ResidentMemory;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the demonstration took: time and memory. */
public final class Figures {

    private Figures() {}

    /** Measures the memory now and writes all figures. */
    public static void write(Platform platform, Console out) {
        out.line("");
        out.line("Figures");
        row(out, "every process healthy after", Words.seconds(platform.facts().healthyAfter()));
        out.firstRotation().ifPresent(after -> row(out, "first secret rotated after", Words.seconds(after)));
        row(out, "all of it", Words.seconds(out.sinceBegin()));

        AtomicLong total = new AtomicLong();
        platform.processes()
                .forEach(process -> memory(out, process.name(), ResidentMemory.family(process.handle()), total));
        memory(out, "gyre (this command)", List.of(ProcessHandle.current().pid()), total);
        row(out, "resident memory in all", Words.mebibytes(total.get()));
    }

    private static void memory(Console out, String process, List<Long> pids, AtomicLong total) {
        long kibibytes = ResidentMemory.kibibytes(pids);
        total.addAndGet(kibibytes);
        row(out, "resident memory of " + process, Words.mebibytes(kibibytes));
    }

    private static void row(Console out, String what, String figure) {
        out.line(String.format("  %-38s %10s", what, figure));
    }
}
