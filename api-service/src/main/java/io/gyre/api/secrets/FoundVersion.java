package io.gyre.api.secrets;

import io.gyre.api.keys.SecretKey;
import io.gyre.envelope.KeyChain;
import io.gyre.envelope.SealedVersion;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version with all that it takes to answer it, as one statement saw it, and nothing that would keep it from being
 * answered.
 *
 * @param dataType {@code text} or {@code binary}
 * @param createdAt of the version, on the calendar
 * @param stages the labels that name it, sorted
 */
record FoundVersion(
        String name,
        String arn,
        RotationView rotation,
        @Nullable String extendedConfig,
        String versionId,
        String dataType,
        Instant createdAt,
        SealedVersion sealed,
        KeyChain chain,
        List<String> stages) {

    static FoundVersion of(Secret secret, SecretVersion version, SecretKey key, List<String> stages) {
        return new FoundVersion(
                secret.name(),
                secret.arn(),
                RotationView.of(secret),
                secret.extendedConfig(),
                version.versionId(),
                version.dataType(),
                version.createdAt(),
                version.sealed(),
                key.chain(),
                stages);
    }
}
