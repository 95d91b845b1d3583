package io.gyre.api.console;

import io.gyre.api.operations.OverviewView;
import java.util.List;

/**
 * What changes on the first page.
 *
 * @param lines of what moves
 * @param asOf on the calendar
 */
record OverviewPart(OverviewView seen, List<RotationLine> lines, RelativeTime asOf) {
    /** A number that leads to what it counts; a shape with a colour where it asks for somebody. */
    record Count(long count, String words, String address, String shape) {}

    public List<Count> numbers() {
        return List.of(
                new Count(seen.rotating(), "rotating", "/console/rotations?state=running", "moves"),
                new Count(seen.late(), "late", "/console/rotations?state=late", shape(seen.late(), "late")),
                new Count(
                        seen.failedWithinDay(),
                        "failed in 24 h",
                        "/console/rotations?ended=24h&state=failed",
                        shape(seen.failedWithinDay(), "failed")),
                new Count(seen.dueWithinDay(), "due in 24 h", "/console/secrets?due=24h", "open"),
                new Count(
                        seen.instancesNearExpiry(),
                        "instances near expiry",
                        "/console/instances",
                        shape(seen.instancesNearExpiry(), "late")));
    }

    private static String shape(long count, String where) {
        return count == 0 ? "open" : where;
    }

    /** How many move that are not shown. */
    public long more() {
        return seen.rotating() + seen.waiting() - lines.size();
    }
}
