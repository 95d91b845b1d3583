/**
 * Decides by RAM policies who may do what.
 *
 * <p>In: texts of policies, and facts of a request. Out: values: documents, and verdicts. Never here: I/O, a framework, a
 * clock; what an unreadable policy is answered with is up to whoever reads it.
 */
@NullMarked
package io.gyre.api.policy;

import org.jspecify.annotations.NullMarked;
