/** Calls that are signed with the AccessKey of a RAM user. */
@NullMarked
package io.gyre.examples.ram;

import org.jspecify.annotations.NullMarked;
