/**
 * A PostgreSQL server and a Kafka broker for the tests of every module, started once in a JVM and shared by its tests.
 * In: nothing; a Docker engine is used where one answers, else the embedded ones of the local platform.
 * Out: databases of a test's own, and Gyre's topics; as configuration of a QuarkusTest or by plain static methods.
 * Never here: anything of production.
 */
@NullMarked
package io.gyre.platform.testing;

import org.jspecify.annotations.NullMarked;
