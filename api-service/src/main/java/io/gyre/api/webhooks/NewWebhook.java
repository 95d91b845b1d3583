package io.gyre.api.webhooks;

import io.gyre.api.outgoing.OutgoingAddress;
import java.util.List;

/**
 * A webhook as it is asked for, found valid.
 *
 * @param eventTypes as {@link Webhook#eventTypes}
 */
public record NewWebhook(String name, OutgoingAddress address, List<String> eventTypes) {}
