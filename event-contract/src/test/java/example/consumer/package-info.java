/**
 * A program of an operator's own, which knows of Gyre what docs/events.yaml says and what goes over the wire.
 *
 * <p>In: the topics of a whole platform that runs as processes of its own. Out: whether they keep the contract. Never here: a
 * class of Gyre.
 */
@NullMarked
package example.consumer;

import org.jspecify.annotations.NullMarked;
