/**
 * The certificates of a local platform.
 *
 * <p>In: the folders of a {@link io.gyre.platform.Home}. Out: an authority of the platform's own, which clients are told
 * to trust, and the API's certificate by it. Never here: a certificate for anything but the loopback address.
 */
@NullMarked
package io.gyre.platform.tls;

import org.jspecify.annotations.NullMarked;
