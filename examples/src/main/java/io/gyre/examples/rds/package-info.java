/** Queries of the PostgreSQL of an RDS instance, whose two accounts take turns. */
@NullMarked
package io.gyre.examples.rds;

import org.jspecify.annotations.NullMarked;
