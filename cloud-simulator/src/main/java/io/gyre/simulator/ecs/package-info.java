/**
 * ECS 2014-05-26: instances whose accounts log in over real SSH, key pairs, and the command agent inside.
 *
 * <p>In: signed requests; SSH connections to an instance's own port. Out: the answers of the real product, where a
 * command takes its time, and a login that succeeds or does not. Never here: a password that is kept, other than as
 * crypt(3) makes it.
 */
@NullMarked
package io.gyre.simulator.ecs;

import org.jspecify.annotations.NullMarked;
