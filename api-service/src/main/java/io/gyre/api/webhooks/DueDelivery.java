package io.gyre.api.webhooks;

import java.util.UUID;

/**
 * A delivery that this process has taken.
 *
 * @param attempts with the one that is about to be made
 * @param timestamp of the attempt, in seconds since 1970
 */
record DueDelivery(UUID id, UUID webhook, String url, UUID eventId, String body, int attempts, long timestamp) {}
