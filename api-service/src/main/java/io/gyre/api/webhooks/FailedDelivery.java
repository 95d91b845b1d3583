package io.gyre.api.webhooks;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that could not be delivered.
 *
 * @param lastAnswer what came of the last attempt, in a few words
 * @param failedAt on the wall clock, of the last attempt
 */
public record FailedDelivery(
        UUID id, UUID eventId, String eventType, int attempts, String lastAnswer, Instant failedAt) {}
