/**
 * The tables that the processes share: Flyway's migrations (resources {@code db/migration}) and the entities on them.
 *
 * <p>In: rows. Out: entities for Hibernate Reactive. Never here: a decision, or a statement that belongs to one
 * process's room; the rotation engine's statements stand in the worker's own store.
 */
@NullMarked
package io.gyre.store;

import org.jspecify.annotations.NullMarked;
