package io.gyre.api.workers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker saw at a target.
 *
 * @param passed whether a rotation would begin to change the target
 * @param report what was seen, in sentences
 * @param finding what speaks against it, and what to do; none where it passed
 */
public record InspectionAnswer(
        boolean passed, List<String> report, @Nullable String finding) {
    public InspectionAnswer {
        report = List.copyOf(report);
    }
}
