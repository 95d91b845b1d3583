/** The two programs of docs/quick-start.md: one makes a secret, one reads it. */
@NullMarked
package io.gyre.examples.first;

import org.jspecify.annotations.NullMarked;
