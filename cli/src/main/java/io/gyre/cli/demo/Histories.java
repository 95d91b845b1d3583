package io.gyre.cli.demo;

import io.gyre.cli.terminal.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was heard of each rotation, for what can be told only afterwards. */
final class Histories {
    /** The head of {@link #row}'s columns. */
    static final String HEAD = String.format("  %-22s  %-10s  %9s  %12s", "secret", "result", "wall", "calendar");

    private final Map<String, List<Timeline.Event>> bySecret = new HashMap<>();

    void add(Timeline.Event event) {
        bySecret.computeIfAbsent(event.secret(), secret -> new ArrayList<>()).add(event);
    }

    /** In the order of their steps; empty for a secret that nothing was heard of. */
    List<Timeline.Event> of(String secret) {
        return List.copyOf(bySecret.getOrDefault(secret, List.of()));
    }

    /** How the secret's rotation ended, and how long it took on either clock. */
    String row(String secret) {
        List<Timeline.Event> events = of(secret);
        if (events.isEmpty()) {
            return String.format("  %-22s  %-10s", secret, "not heard of").stripTrailing();
        }
        Timeline.Event first = events.get(0);
        Timeline.Event last = events.get(events.size() - 1);
        Duration calendar = Duration.between(first.at(), last.at());
        return String.format(
                "  %-22s  %-10s  %9s  %12s",
                secret,
                last.isLast() ? last.state() : "not ended",
                Words.seconds(Duration.between(first.atWall(), last.atWall())),
                String.format("%d h %02d min", calendar.toHours(), calendar.toMinutesPart()));
    }
}
