package io.gyre.api.authorization;

import io.gyre.api.policy.Decision;
import java.util.List;

/**
 * What came of a question whether somebody may do something.
 *
 * @param judged each permission that the call needs, on what it names
 * @param beside what the call needs on things that the question does not name, as clauses: "kms:ReEncryptTo on the key that
 *     DestinationKeyId names"
 */
public record AccessTrial(List<Judged> judged, List<String> beside) {
    public AccessTrial {
        judged = List.copyOf(judged);
        beside = List.copyOf(beside);
    }

    /**
     * One permission.
     *
     * @param resource its ARN
     * @param ownPolicy whether the resource has a policy of its own
     */
    public record Judged(String permission, String resource, boolean ownPolicy, Decision decision) {}
}
