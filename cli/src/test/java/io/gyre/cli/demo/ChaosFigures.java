package io.gyre.cli.demo;

import io.gyre.cli.demo.Chaos.Blow;
import io.gyre.cli.demo.FleetSecret.Kind;
import io.gyre.cli.terminal.Console;
import java.time.Duration;
import java.util.List;

/** What a run of chaos came to, for people. */
final class ChaosFigures {
    private static final String COLUMNS = "  %-20s %8s %9s %9s %8s %8s %11s %6s %11s %11s";

    private final PlatformDatabase gyre;
    private final Console out;

    ChaosFigures(PlatformDatabase gyre, Console out) {
        this.gyre = gyre;
        this.out = out;
    }

    void write(Chaos chaos, Operator operator, List<Sampler.Seen> seen) {
        out.line("  Workers killed " + chaos.dealt(Blow.KILL_WORKER) + " times, Kafka restarted "
                + chaos.dealt(Blow.RESTART_KAFKA) + " times, PostgreSQL crashed " + chaos.dealt(Blow.CRASH_POSTGRES)
                + " times, faults in the cloud " + chaos.dealt(Blow.CLOUD_MISBEHAVES) + ", retries ordered "
                + operator.ordered() + ".");
        out.line(String.format(
                COLUMNS,
                "",
                "secrets",
                "succeeded",
                "failed",
                "samples",
                "failed",
                "re-reads",
                "gaps",
                "longest",
                "median"));
        for (Kind kind : Kind.values()) {
            out.line(row(
                    kind,
                    seen.stream().filter(each -> each.secret().kind() == kind).toList()));
        }
        failures().forEach(each -> out.line("  " + each));
    }

    private String row(Kind kind, List<Sampler.Seen> seen) {
        List<Duration> gaps =
                seen.stream().flatMap(each -> each.gaps().stream()).sorted().toList();
        return String.format(
                COLUMNS,
                kind.title(),
                seen.size(),
                ended(seen, "Succeeded"),
                ended(seen, "Failed"),
                seen.stream().mapToInt(Sampler.Seen::samples).sum(),
                seen.stream().mapToInt(Sampler.Seen::refused).sum(),
                seen.stream().mapToInt(Sampler.Seen::rereads).sum(),
                gaps.size(),
                gaps.isEmpty() ? "-" : millis(gaps.get(gaps.size() - 1)),
                gaps.isEmpty() ? "-" : millis(gaps.get(gaps.size() / 2)));
    }

    private static String millis(Duration gap) {
        return gap.toMillis() + " ms";
    }

    private long ended(List<Sampler.Seen> seen, String state) {
        String[] names = seen.stream().map(each -> each.secret().name()).toArray(String[]::new);
        return gyre.rows(
                        "SELECT count(*) FROM rotation r JOIN secret s USING (secret_id)"
                                + " WHERE r.state = ? AND s.name = ANY (?)",
                        row -> row.getLong(1),
                        state,
                        names)
                .get(0);
    }

    private List<String> failures() {
        return gyre.rows(
                "SELECT format('Failed: %s: %s', s.name, r.finding) FROM rotation r JOIN secret s USING (secret_id)"
                        + " WHERE r.state = 'Failed' ORDER BY r.ended_at_wall",
                row -> row.getString(1));
    }
}
