package io.gyre.api.console;

import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationPage;
import io.gyre.api.operations.RotationSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What came of a question for rotations.
 *
 * @param lines the latest request first
 * @param nextToken of the next page; empty on the last one
 * @param refusal why it cannot be asked for so; empty where it can
 */
record RotationList(RotationsQuery query, List<RotationLine> lines, String nextToken, String refusal) {
    /** @param now on the calendar */
    static RotationList found(RotationsQuery query, RotationPage page, Map<UUID, List<Entry>> timelines, Instant now) {
        return new RotationList(
                query, lines(page.rotations(), timelines, now), Objects.requireNonNullElse(page.nextToken(), ""), "");
    }

    static List<RotationLine> lines(List<RotationSummary> rotations, Map<UUID, List<Entry>> timelines, Instant now) {
        return rotations.stream()
                .map(each -> new RotationLine(each, timelines.getOrDefault(each.rotationId(), List.of()), now))
                .toList();
    }

    static RotationList refused(RotationsQuery query, String sentence) {
        return new RotationList(query, List.of(), "", sentence);
    }

    public String nextPage() {
        return query.from(nextToken).address();
    }
}
