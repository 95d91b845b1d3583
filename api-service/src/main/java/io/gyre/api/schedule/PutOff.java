package io.gyre.api.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that does not begin now.
 *
 * @param until when it is looked at again
 * @param hold none where its time simply has not come
 */
record PutOff(DueSecret secret, Instant until, @Nullable Hold hold) {}
