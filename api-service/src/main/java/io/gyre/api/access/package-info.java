/**
 * Who calls: the account of this installation, the AccessKeys that sign for it, and what they may do.
 *
 * <p>In: an AccessKey id, or a request. Out: the key, or a refusal. Never here: a signature's arithmetic, which is
 * {@link io.gyre.rpc}'s, and an AccessKey's secret half in a log.
 */
@NullMarked
package io.gyre.api.access;

import org.jspecify.annotations.NullMarked;
