/**
 * The KMS API as it travels: the dispatch of its actions, its refusals, and how times, lists and pages are written.
 *
 * <p>In: signed requests from {@link io.gyre.rpc.RpcServer}. Out: an action's answer or one of {@link
 * io.gyre.api.wire.KmsFaults}. Never here: what an action does, and any line that shows a request's parameters.
 */
@NullMarked
package io.gyre.api.wire;

import org.jspecify.annotations.NullMarked;
