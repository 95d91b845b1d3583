/**
 * STS 2015-04-01: who am I.
 *
 * <p>In: a request signed by any valid key. Out: whose key it is. Never here: temporary credentials.
 */
@NullMarked
package io.gyre.simulator.sts;

import org.jspecify.annotations.NullMarked;
