package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** From a claim to whoever made it: the date, the key, the signature, the nonce, in either style of API. */
final class CallerCheck {
    private final AccessKeys keys;
    private final UsedNonces nonces;
    private final InstantSource clock;

    /** @param clock the operational clock, against which signatures expire */
    CallerCheck(AccessKeys keys, UsedNonces nonces, InstantSource clock) {
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * The key that signed, found valid.
     *
     * @param context where the answer arrives, whatever thread found the key
     * @return fails with an {@link RpcFault}
     */
    Uni<AccessKey> caller(SignatureClaim claim, Executor context) {
        Instant until = claim.verifyDate(clock.instant());
        return keys.find(claim.accessKeyId(), securityToken(claim))
                .emitOn(context)
                .map(key -> verified(claim, key))
                .call(key -> once(claim, until, context))
                .invoke(keys::used);
    }

    /** Only a right signature uses a nonce up: nobody else can spoil one, or fill the memory of them. */
    private Uni<Void> once(SignatureClaim claim, Instant until, Executor context) {
        return nonces.firstUse(claim.accessKeyId(), claim.nonce(), until)
                .emitOn(context)
                .invoke(first -> {
                    if (!first) {
                        throw GatewayFaults.nonceUsed();
                    }
                })
                .replaceWithVoid();
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
