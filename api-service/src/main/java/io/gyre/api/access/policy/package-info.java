/**
 * Decides by RAM policies who may do what.
 *
 * <p>In: texts of policies and facts of a request. Out: values. Never here: I/O, a framework, the wall clock. Nothing in
 * the running service asks this room yet.
 */
@NullMarked
package io.gyre.api.access.policy;

import org.jspecify.annotations.NullMarked;
