/**
 * What users of Alibaba Cloud's published SDKs get when they point them at Gyre.
 *
 * <p>In: a whole platform, over HTTPS. Out: docs/compatibility.md. Never here: a client of Gyre's own between an SDK and
 * the service.
 */
@NullMarked
package io.gyre.compatibility;

import org.jspecify.annotations.NullMarked;
