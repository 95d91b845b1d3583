/**
 * A real PostgreSQL server from binaries in a jar, without an installation.
 * In: a folder, a port, a file for the superuser's password. Out: a running server that demands passwords and keeps what
 * it acknowledged, its roles and databases. Kept over restarts; a server left behind by a killed platform is ended first.
 * Never here: Gyre's own schema, and never a server that accepts a login without its password.
 */
@NullMarked
package io.gyre.platform.postgres;

import org.jspecify.annotations.NullMarked;
