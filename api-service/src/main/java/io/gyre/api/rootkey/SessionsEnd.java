package io.gyre.api.rootkey;

import io.gyre.envelope.RootKeyId;
import java.time.Instant;

/** Until when sessions may live whose tokens were sealed below a root key, on the wall clock. */
record SessionsEnd(RootKeyId under, Instant until) {}
