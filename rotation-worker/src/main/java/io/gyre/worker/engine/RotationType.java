package io.gyre.worker.engine;

import io.gyre.worker.machine.Machine;

/**
 * All that the engine needs to rotate one type of secret. A new type is one more of these: a machine, a client of its
 * target, and a recipe where Gyre makes the value.
 *
 * @param name as in {@code gyre.rotation.requests.NAME} and the column {@code rotation_type}
 */
public record RotationType(String name, Machine machine, Target target) {}
