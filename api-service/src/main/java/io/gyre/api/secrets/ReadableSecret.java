package io.gyre.api.secrets;

import io.gyre.api.keys.SecretKey;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import java.util.List;

/**
 * A secret with those of its versions that a caller may mean, as one statement saw it.
 *
 * @param versions none of them pending
 */
record ReadableSecret(Secret secret, List<LabelledVersion> versions) {
    /** @param stages the labels that name it, sorted */
    record LabelledVersion(SecretVersion version, KmsKey key, KmsInstance instance, List<String> stages) {}

    /** @throws RpcFault for what is planned for deletion, for what is not there, and for a key that cannot be used */
    FoundVersion pick(WantedValue wanted) {
        wanted.checkAllowed(secret);
        LabelledVersion found = versions.stream()
                .filter(version -> isMeant(version, wanted))
                .findFirst()
                .orElseThrow(KmsFaults::secretNotFound);
        return FoundVersion.of(secret, found.version, SecretKey.usable(found.key, found.instance), found.stages);
    }

    private boolean isMeant(LabelledVersion version, WantedValue wanted) {
        if (!wanted.byVersion(secret)) {
            return version.stages.contains(wanted.label());
        }
        return version.version.versionId().equals(wanted.versionId())
                && (wanted.stage() == null || version.stages.contains(wanted.stage()));
    }
}
