/**
 * Webhooks: who is told of which events by HTTP, what is still to be sent to them, and when it is tried again; the scheme is that
 * of Standard Webhooks.
 *
 * <p>In: orders of operators, deliveries that the outbox leaves behind, and ticks of each process. Out: signed calls. Never
 * here: a secret that leaves after it was shown once, and a call to an address that was not looked at.
 */
@NullMarked
package io.gyre.api.webhooks;

import org.jspecify.annotations.NullMarked;
