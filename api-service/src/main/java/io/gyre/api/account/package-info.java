/**
 * The account and the service as a whole: where it is, and whether it is open.
 *
 * <p>In: requests that were permitted. Out: answers that the installation's own settings give. Never here: anything that
 * is stored.
 */
@NullMarked
package io.gyre.api.account;

import org.jspecify.annotations.NullMarked;
