package io.gyre.api.policy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the conditions of policies can ask about a request.
 *
 * @param time on the wall clock
 * @param secure whether it came over TLS
 * @param sourceIp the address that it came from
 * @param tags of the resource, by key
 */
public record Facts(Instant time, boolean secure, String sourceIp, Map<String, String> tags) {
    public Facts {
        tags = Map.copyOf(tags);
    }

    /** Null where the request has nothing of the kind. Nobody signs with a second factor. */
    @Nullable
    String value(ConditionKey key) {
        return switch (key.kind()) {
            case CURRENT_TIME -> time.toString();
            case SECURE_TRANSPORT -> String.valueOf(secure);
            case SOURCE_IP -> sourceIp;
            case MFA_PRESENT -> "false";
            case TAG -> tags.get(key.tagKey());
        };
    }
}
