package io.gyre.api.outgoing;

import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;

/**
 * What is sent.
 *
 * @param body empty where there is none
 * @param within an answer that comes later is none
 */
public record OutgoingRequest(HttpMethod method, Map<String, String> headers, String body, Duration within) {}
