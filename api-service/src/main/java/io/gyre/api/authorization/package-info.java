/**
 * Who may do what: which permissions a request needs on what, and whether the caller's policies, and those of the secrets
 * and keys that it is about, grant them.
 *
 * <p>In: a signed request. Out: nothing, or a refusal that names the permission and the resource. Never here: the grammar
 * of policies, which is {@link io.gyre.api.policy}'s, and anything that changes a row.
 */
@NullMarked
package io.gyre.api.authorization;

import org.jspecify.annotations.NullMarked;
