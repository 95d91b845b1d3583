/**
 * Tags of secrets and keys, by both generations of the tagging actions.
 *
 * <p>In: requests that were permitted. Out: answers, and changed tags. Never here: a change to the rows of secrets
 * and keys, which their own rooms make; they come in as {@link io.gyre.api.tags.TaggedResources}.
 */
@NullMarked
package io.gyre.api.tags;

import org.jspecify.annotations.NullMarked;
