/**
 * How often the account's products are called: counted for whoever wants to know, and limited on demand.
 *
 * <p>In: every call, before anything is done for it; LimitCalls, CountCalls and ForgetCalls, signed by the account's own key. Out:
 * the counts, and refusals as the clouds throttle. Never here: a limit that nobody asked for.
 */
@NullMarked
package io.gyre.simulator.limit;

import org.jspecify.annotations.NullMarked;
