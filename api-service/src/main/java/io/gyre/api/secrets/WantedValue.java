package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value that a caller asks for.
 *
 * @param name the secret's
 * @param versionId null for whatever version has the label; not read for managed secrets
 * @param stage null for ACSCurrent; where a version is named too, that one must have it
 * @param fetchConfig whether ExtendedConfig is to be told as well
 */
record WantedValue(
        String name, @Nullable String versionId, @Nullable String stage, boolean fetchConfig) {
    private static final Set<String> MANAGED_STAGES = Set.of(SecretStage.CURRENT, SecretStage.PREVIOUS);

    /** @throws RpcFault InvalidParameter */
    static WantedValue of(RpcRequest request, String name) {
        return new WantedValue(
                name,
                VersionIds.optional(VersionIds.PARAMETER, request.text(VersionIds.PARAMETER)),
                StageLabels.optional(request.text("VersionStage")),
                request.flag("FetchExtendedConfig", false));
    }

    /** The label that names the version, where no version is named. */
    String label() {
        return stage == null ? SecretStage.CURRENT : stage;
    }

    boolean byVersion(Secret secret) {
        return versionId != null && !secret.type().isManaged();
    }

    /** @throws RpcFault Rejected.ResourceInDeleteWindow, or InvalidParameter for a label that this type never has */
    void checkAllowed(Secret secret) {
        SecretStore.refuseDeleted(secret);
        if (secret.type().isManaged() && !MANAGED_STAGES.contains(label())) {
            throw KmsFaults.invalid("VersionStage", "it must be ACSCurrent or ACSPrevious for this type of secret.");
        }
    }
}
