/**
 * Who may call: the account's own key, the keys of its RAM users, and what their policies allow.
 *
 * <p>In: a signed request. Out: the work of the action it names, in one transaction on a worker thread, or a refusal.
 * Never here: what an action does.
 */
@NullMarked
package io.gyre.simulator.account;

import org.jspecify.annotations.NullMarked;
