package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.Span;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import java.time.Duration;

/** What a key's state and kind permit, and the limits that several actions share. */
final class KeyRules {
    static final int DESCRIPTION_LIMIT = 8192;

    private static final Duration SHORTEST_INTERVAL = Duration.ofDays(7);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(730);

    private KeyRules() {}

    /** @throws RpcFault Forbidden.KeyNotFound where its material is destroyed, else Rejected and its state */
    static void refuseUnusable(KmsKey key) {
        if (key.keyState().equals(KmsKey.DESTROYED)) {
            throw KmsFaults.keyNotFound();
        }
        if (!key.keyState().equals(KmsKey.ENABLED)) {
            throw KmsFaults.keyIs(key.keyState());
        }
    }

    /** @throws RpcFault Rejected.PendingDeletion for a key whose end is planned, and which nothing but that can change */
    static void refusePendingDeletion(KmsKey key) {
        if (key.keyState().equals(KmsKey.PENDING_DELETION)) {
            throw KmsFaults.keyIs(key.keyState());
        }
    }

    /** @throws RpcFault UnsupportedOperation for a key pair, which seals nothing and has one version for good */
    static void refuseAsymmetric(KmsKey key) {
        if (KeyPairSpec.named(key.keySpec()).isPresent()) {
            throw KmsFaults.unsupported();
        }
    }

    /** @throws RpcFault UnsupportedOperation for Gyre's own key, without which secrets that name no key were lost */
    static void refuseServiceKey(KmsKey key) {
        if (key.serviceKey()) {
            throw KmsFaults.unsupported();
        }
    }

    /** @throws RpcFault Forbidden.KeyPolicyUnSupported where no policy can hold */
    static void refuseOutsideInstance(KmsKey key) {
        if (!inInstance(key)) {
            throw KmsFaults.policyUnsupported();
        }
    }

    /** Whether it lies in an instance that callers see. */
    static boolean inInstance(KmsKey key) {
        return !key.instanceId().equals(KmsInstance.sharedBy(key.accountId()));
    }

    /**
     * RotationInterval: 7 to 730 days.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static Duration rotationInterval(RpcRequest request) {
        return Span.parse(request.required("RotationInterval"))
                .filter(span -> Span.within(span, SHORTEST_INTERVAL, LONGEST_INTERVAL))
                .orElseThrow(KmsFaults::invalidRotationInterval);
    }

    /**
     * A flag that must be given.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static boolean requiredFlag(RpcRequest request, String parameter) {
        request.required(parameter);
        return request.flag(parameter, false);
    }
}
