package io.gyre.api.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** An API service that has each account tried before a secret of it is created. Tests of one profile share its start. */
public final class VerifiedAccounts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("gyre.secrets.verify-accounts", "true");
    }
}
