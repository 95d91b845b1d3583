/**
 * Faults on demand, through an API of the simulator's own: late, refused, lost and endless calls.
 *
 * <p>In: InjectFault, ListFaults, ClearFaults, signed by the account's own key. Out: what the next matching calls
 * suffer. Never here: a fault that nobody asked for.
 */
@NullMarked
package io.gyre.simulator.fault;

import org.jspecify.annotations.NullMarked;
