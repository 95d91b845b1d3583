/**
 * A cloud account on the wire, for one machine: RAM, STS, RDS and ECS as their published SDKs speak to them.
 *
 * <p>In: signed RPC requests. Out: the answers of the real products, database accounts and SSH accounts that can really
 * be logged in to. Its state lies in PostgreSQL, so a restart finds everything. Never here: anything of Gyre itself; it
 * knows no secret, no rotation and no shortcut past the API.
 */
@NullMarked
package io.gyre.simulator;

import org.jspecify.annotations.NullMarked;
