/**
 * What operators see and order: rotations with their timelines, dry runs, and credentials that nobody is given.
 *
 * <p>In: REST requests signed by an AccessKey of the account. Out: JSON, and orders in the rotations' rows, committed
 * together with what wakes a worker. Never here: a decision of a machine, a call to a cloud, or a credential's value.
 */
@NullMarked
package io.gyre.api.operations;

import org.jspecify.annotations.NullMarked;
