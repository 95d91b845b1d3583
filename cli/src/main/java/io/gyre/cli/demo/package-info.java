/**
 * The demonstration: real secrets of every type rotated on a running platform, each step proven by using the credential.
 * In: where the platform is found. Out: lines on the terminal, and whether every proof held.
 * Only the public ways in are used: the published SDKs, Kafka, and logins at the targets.
 * Never here: a database of Gyre's or the simulator's, or a proof that looks at anything but an answer of the target.
 */
@NullMarked
package io.gyre.cli.demo;

import org.jspecify.annotations.NullMarked;
