/**
 * What the processes agree on about a rotation: its states, its clocks, the sentence of its lock.
 *
 * <p>In and out: plain values. Never here: how a rotation of some type goes, which is the worker's machines' to know.
 */
@NullMarked
package io.gyre.rotation;

import org.jspecify.annotations.NullMarked;
