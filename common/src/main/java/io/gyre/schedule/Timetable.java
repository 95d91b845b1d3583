package io.gyre.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides when rotations begin by policies. */
public record Timetable(Spread spread) {
    /**
     * A rotation that is to come.
     *
     * @param date the documented one
     * @param begins when it begins by then, unless something keeps it from it
     */
    public record Coming(Instant date, Instant begins) {}

    /**
     * When the next rotation begins, as seen from a moment: at that moment, or later.
     *
     * @return empty where its window never opens again
     */
    public Optional<Instant> begin(Policy policy, Instant now) {
        Instant earliest = spread.begin(policy);
        Instant wanted = earliest.isBefore(now) ? now : earliest;
        return policy.window()
                .next(wanted)
                .map(opening ->
                        opening.contains(wanted) ? wanted : opening.begins().plus(spread.within(opening, policy)));
    }

    /** The next rotations, each taken to have ended as it began; fewer where the window does not open so often. */
    public List<Coming> coming(Policy policy, Instant now, int count) {
        List<Coming> coming = new ArrayList<>();
        Policy next = policy;
        Instant seen = now;
        while (coming.size() < count) {
            Optional<Instant> begins = begin(next, seen);
            if (begins.isEmpty()) {
                break;
            }
            coming.add(new Coming(next.date(), begins.get()));
            seen = begins.get();
            next = next.after(seen);
        }
        return coming;
    }
}
