/**
 * Calls to addresses that callers chose: probes of campaigns, and webhooks.
 *
 * <p>In: an address as text, and what is to be sent there. Out: the status that was answered, or why there was none. Never here:
 * a redirect that is followed, an address that was not looked at, and what an answer says besides its status and when to come
 * again.
 */
@NullMarked
package io.gyre.api.outgoing;

import org.jspecify.annotations.NullMarked;
