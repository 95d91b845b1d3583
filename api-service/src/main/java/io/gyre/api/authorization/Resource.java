package io.gyre.api.authorization;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a permission is needed on.
 *
 * @param instanceId the KMS instance that it lies in; null for what lies in none, or is not there
 * @param policy of its own; null where it has none, or has the default one
 * @param tags by key
 */
record Resource(
        String arn, @Nullable String instanceId, @Nullable String policy, Map<String, String> tags) {
    Resource {
        tags = Map.copyOf(tags);
    }

    /** Something that has neither policy nor tags, or that is not there: the action says so to whoever may know it. */
    static Resource of(String arn) {
        return new Resource(arn, null, null, Map.of());
    }
}
