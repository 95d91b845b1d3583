package io.gyre.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a figure depends on besides the code: the machine, the JVM, the server, and the day. */
public final class Circumstances {
    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

    private Circumstances() {}

    /**
     * One line for the document.
     *
     * @param command what was run
     * @param postgres PostgreSQL's version
     */
    public static String line(String command, String postgres) {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "<sub>`%s` on %s: %d cores (%s), %.0f GiB, %s; Java %s; PostgreSQL %s with synchronous_commit, fsync and full_page_writes on; load before it %.1f.</sub>"
                .formatted(
                        command,
                        LocalDate.now(ZoneOffset.UTC),
                        machine.getAvailableProcessors(),
                        System.getProperty("os.arch"),
                        machine.getTotalMemorySize() / GIBIBYTE,
                        System.getProperty("os.name"),
                        System.getProperty("java.version"),
                        postgres,
                        machine.getSystemLoadAverage());
    }
}
