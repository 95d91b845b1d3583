package io.gyre.api.authorization;

import java.time.Instant;

/**
 * What conditions of policies ask about a request, besides what it is about.
 *
 * @param time on the wall clock
 * @param secure whether it comes over TLS
 * @param sourceAddress the address that it comes from, without port
 */
public record Circumstances(Instant time, boolean secure, String sourceAddress) {}
