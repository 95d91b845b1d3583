/**
 * Application access points: their policies, network rules and client keys, by which programs reach one KMS instance
 * without an AccessKey.
 *
 * <p>In: what administrators set by the KMS API, and a client key's id. Out: whose key it is, and what its access point may
 * do, as policies of RAM's grammar. Never here: a private key, but in the one answer that hands it out.
 */
@NullMarked
package io.gyre.api.accesspoints;

import org.jspecify.annotations.NullMarked;
