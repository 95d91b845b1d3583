package io.gyre.api.secrets;

import io.gyre.api.keys.SecretKey;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import java.util.List;

/**
 * A version with all that it takes to answer it, as one statement saw it.
 *
 * @param stages the labels that name it, sorted
 */
record FoundVersion(Secret secret, SecretVersion version, SecretKey key, List<String> stages) {}
