/**
 * Roles on loan and who a caller is: STS 2015-04-01, one action a file.
 *
 * <p>In: a signed and permitted request. Out: temporary credentials, or an identity. Never here: a stored session, since
 * a token carries all that its session is ({@link io.gyre.api.access.SessionTokens}).
 */
@NullMarked
package io.gyre.api.sts;

import org.jspecify.annotations.NullMarked;
