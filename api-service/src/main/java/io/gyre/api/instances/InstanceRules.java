package io.gyre.api.instances;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import java.time.Duration;

/** What the life of an instance permits. */
public final class InstanceRules {
    /** From expiry to release, on the calendar (FAQ, "Secret status is unavailable"). */
    public static final Duration UNTIL_RELEASE = Duration.ofDays(15);

    private InstanceRules() {}

    /** {@code Running}, {@code Expired} or {@code Released}, as the statement that read it saw it. */
    public static String status(KmsInstance instance) {
        if (instance.releasedAt() != null) {
            return "Released";
        }
        return instance.usable() ? "Running" : "Expired";
    }

    /** How KMS names it: {@code acs:kms:REGION:ACCOUNT:keystore/ID}. */
    static String arn(String region, KmsInstance instance) {
        return "acs:kms:" + region + ":" + instance.accountId() + ":keystore/" + instance.instanceId();
    }

    /** @throws RpcFault Rejected.Unavailable where it has expired, as the statement that read it saw it */
    public static void refuseUnusable(KmsInstance instance) {
        if (instance.releasedAt() != null) {
            throw KmsFaults.instanceReleased(instance.instanceId());
        }
        if (!instance.usable()) {
            throw KmsFaults.instanceExpired(instance.instanceId());
        }
    }
}
