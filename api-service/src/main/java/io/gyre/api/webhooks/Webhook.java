package io.gyre.api.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One webhook, without its secrets.
 *
 * @param eventTypes types, or beginnings of them that end with {@code .*}; none means all
 * @param failingSince null where the last delivery succeeded; on the wall clock as all of its times
 * @param waiting how many deliveries are still to be sent
 * @param failed how many could not be, and are kept
 */
public record Webhook(
        UUID id,
        String name,
        String url,
        List<String> eventTypes,
        String state,
        String reason,
        @Nullable Instant failingSince,
        long waiting,
        long failed,
        String createdBy,
        Instant createdAt) {}
