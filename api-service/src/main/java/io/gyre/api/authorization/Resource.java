package io.gyre.api.authorization;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a permission is needed on.
 *
 * @param policy of its own; null where it has none, or has the default one
 * @param tags by key
 */
record Resource(String arn, @Nullable String policy, Map<String, String> tags) {
    Resource {
        tags = Map.copyOf(tags);
    }

    /** Something that has neither policy nor tags, or that is not there: the action says so to whoever may know it. */
    static Resource of(String arn) {
        return new Resource(arn, null, Map.of());
    }
}
