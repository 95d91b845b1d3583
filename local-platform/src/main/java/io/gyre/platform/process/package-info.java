/**
 * Operating-system processes: started, remembered, watched, ended.
 * In: what to run ({@link io.gyre.platform.process.ChildSpec}) and a folder for the records.
 * Out: running processes, word of the first that dies, and after {@code close()} none at all.
 * Never here: what the processes are for, or a signal to one that this project did not start.
 */
@NullMarked
package io.gyre.platform.process;

import org.jspecify.annotations.NullMarked;
