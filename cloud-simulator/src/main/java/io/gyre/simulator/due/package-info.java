/**
 * Work that was asked for and takes its time, as in the real cloud.
 *
 * <p>In: what lies due in the tables, by the database's clock. Out: the work done, once, in its own transaction, also
 * when the simulator was stopped in between. Never here: what the work is.
 */
@NullMarked
package io.gyre.simulator.due;

import org.jspecify.annotations.NullMarked;
