/**
 * The gateway of KMS instances (dkms-gcs-0.2): what programs call that hold a client key of an application access point.
 *
 * <p>In: a message of Protocol Buffers, signed with RSA. Out: the same actions of KMS as every other caller's, and their
 * answers as messages. Never here: what an action does, or who may do it.
 */
@NullMarked
package io.gyre.api.gateway;

import org.jspecify.annotations.NullMarked;
