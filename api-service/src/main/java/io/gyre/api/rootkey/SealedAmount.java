package io.gyre.api.rootkey;

import io.gyre.envelope.RootKeyId;

/**
 * How much that is stored is sealed under a root key.
 *
 * @param instances keys of KMS instances, with those of the shares of KMS 1.0
 * @param accessKeys secret halves of the account's own AccessKeys
 * @param auditKeys private halves of keys that sign the audit log's heads
 * @param webhookSecrets what bodies of webhooks are signed with
 */
public record SealedAmount(RootKeyId under, long instances, long accessKeys, long auditKeys, long webhookSecrets) {
    static SealedAmount nothing(RootKeyId under) {
        return new SealedAmount(under, 0, 0, 0, 0);
    }

    public boolean isNothing() {
        return instances + accessKeys + auditKeys + webhookSecrets == 0;
    }
}
