package io.gyre.benchmarks.schedules;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What of a JVM's heap is referenced. */
final class LiveHeap {
    /** As the collectors that keep generations in one heap, or in several, write it. */
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private LiveHeap() {}

    /** MiB of another JVM of the same user's, as the JDK's own jcmd tells. */
    static double of(long pid) {
        for (int i = 0; i < 3; i++) {
            jcmd(pid, "GC.run");
        }
        double kibibytes = USED.matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .map(MatchResult::group)
                .map(each -> USED.matcher(each).replaceAll("$1"))
                .mapToDouble(Double::parseDouble)
                .sum();
        return kibibytes / 1024;
    }

    private static String jcmd(long pid, String command) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(program.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new PlatformException("jcmd " + command + " failed: " + answer.strip());
            }
            return answer;
        } catch (IOException e) {
            throw new PlatformException(program + " is needed to measure a heap, and is not there: use a JDK.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("The measurement was interrupted.", e);
        }
    }
}
