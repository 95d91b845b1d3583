/**
 * RAM 2015-05-01: users, their AccessKeys and the system policies attached to them.
 *
 * <p>In: signed requests. Out: the answers and errors of the real product. Never here: a secret in an answer other than
 * the one of CreateAccessKey.
 */
@NullMarked
package io.gyre.simulator.ram;

import org.jspecify.annotations.NullMarked;
