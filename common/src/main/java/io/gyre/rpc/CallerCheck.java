package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** From a claim to whoever made it: the date, then the key, then the signature, in either style of API. */
final class CallerCheck {
    private final AccessKeys keys;
    private final InstantSource clock;

    /** @param clock the operational clock, against which signatures expire */
    CallerCheck(AccessKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The key that signed, found valid.
     *
     * @param context where the answer arrives, whatever thread found the key
     * @return fails with an {@link RpcFault}
     */
    Uni<AccessKey> caller(SignatureClaim claim, Executor context) {
        claim.verifyDate(clock.instant());
        return keys.find(claim.accessKeyId(), securityToken(claim))
                .emitOn(context)
                .map(key -> verified(claim, key))
                .invoke(keys::used);
    }

    /** A temporary key needs its token; a token beside any other key is somebody's mistake, or attempt. */
    private static @Nullable String securityToken(SignatureClaim claim) {
        String token = claim.securityToken();
        boolean temporary = claim.accessKeyId().startsWith(AccessKeys.TEMPORARY);
        if (temporary && token == null) {
            throw GatewayFaults.missingSecurityToken();
        }
        if (!temporary && token != null) {
            throw GatewayFaults.securityTokenMismatch();
        }
        return token;
    }

    private static AccessKey verified(SignatureClaim claim, Optional<AccessKey> found) {
        AccessKey key = found.orElseThrow(GatewayFaults::unknownAccessKey);
        claim.verifySignature(key);
        // Only whoever holds the secret learns that the key is disabled.
        if (!key.active()) {
            throw GatewayFaults.inactiveAccessKey();
        }
        return key;
    }
}
