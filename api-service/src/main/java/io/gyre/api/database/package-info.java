/**
 * PostgreSQL beside the framework's pools: where it is, and how many requests share few statements.
 *
 * <p>In: questions of one kind, on any event loop. Out: to each its row. Never here: what a statement says.
 */
@NullMarked
package io.gyre.api.database;

import org.jspecify.annotations.NullMarked;
