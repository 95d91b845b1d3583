/**
 * KMS instances, and each account's shared one that stands for KMS 1.0.
 *
 * <p>In: an instance's id as callers name it. Out: its row, with its key wrapped by the root key. Never here: keys and
 * secrets, which lie in an instance but are other rooms' business.
 */
@NullMarked
package io.gyre.api.instances;

import org.jspecify.annotations.NullMarked;
