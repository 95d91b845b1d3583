package io.gyre.api.secrets;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How secrets are created. */
@ConfigMapping(prefix = "gyre.secrets")
public interface SecretsSettings {
    /**
     * Whether a worker looks for the instance and the accounts of an Rds secret before it is created, and tries the credential that
     * is typed into the console.
     */
    @WithDefault("true")
    boolean verifyAccounts();
}
