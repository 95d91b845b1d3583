package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Which nonces came with a right signature, so that a request that somebody sends again is told from a new one. */
public interface UsedNonces {
    /**
     * Notes that a key signed a request with a nonce.
     *
     * @param until when the request would be refused by its date in any case; on the operational clock
     * @return whether it is the first with that key and nonce
     */
    Uni<Boolean> firstUse(String accessKeyId, String nonce, Instant until);
}
