package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.envelope.KmsSettings;
import io.gyre.envelope.Pkcs11Settings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The settings of root keys, by the names that docs/configuration.md gives them in the environment. */
class InstallationSettingsTest {
    private static final int ENVIRONMENT = 300;

    private static Installation of(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, ENVIRONMENT))
                .withMapping(Installation.class)
                .build()
                .getConfigMapping(Installation.class);
    }

    private static void expectParts(Optional<Path> wrapped, Pkcs11Settings token, KmsSettings cloud, String prefix) {
        assertEquals(Optional.of(Path.of(prefix + "_WRAPPED_FILE")), wrapped);
        assertEquals(Optional.of(Path.of(prefix + "_PKCS11_LIBRARY")), token.library());
        assertEquals(Optional.of(7L), token.slot());
        assertEquals(Optional.of(prefix + "_PKCS11_KEY"), token.key());
        assertEquals(Optional.of(Path.of(prefix + "_PKCS11_PIN_FILE")), token.pinFile());
        assertEquals(Optional.of(prefix + "_KMS_URI"), cloud.uri());
        assertEquals(Optional.of(Path.of(prefix + "_KMS_CREDENTIALS_FILE")), cloud.credentialsFile());
    }

    @Test
    void eachPartOfEachRootKeyHasASettingOfItsOwn() {
        Map<String, String> environment = new HashMap<>();
        for (String prefix : new String[] {"GYRE_ROOT_KEY", "GYRE_OTHER_ROOT_KEY"}) {
            environment.put(prefix, prefix);
            environment.put(prefix + "_PKCS11_SLOT", "7");
            for (String part : new String[] {
                "_FILE",
                "_WRAPPED_FILE",
                "_PKCS11_LIBRARY",
                "_PKCS11_KEY",
                "_PKCS11_PIN_FILE",
                "_KMS_URI",
                "_KMS_CREDENTIALS_FILE"
            }) {
                environment.put(prefix + part, prefix + part);
            }
        }
        Installation given = of(environment);
        assertEquals(Optional.of("GYRE_ROOT_KEY"), given.rootKey());
        assertEquals(Optional.of(Path.of("GYRE_ROOT_KEY_FILE")), given.rootKeyFile());
        assertEquals(Optional.of("GYRE_OTHER_ROOT_KEY"), given.otherRootKey());
        assertEquals(Optional.of(Path.of("GYRE_OTHER_ROOT_KEY_FILE")), given.otherRootKeyFile());
        expectParts(given.rootKeyWrappedFile(), given.rootKeyPkcs11(), given.rootKeyKms(), "GYRE_ROOT_KEY");
        expectParts(
                given.otherRootKeyWrappedFile(),
                given.otherRootKeyPkcs11(),
                given.otherRootKeyKms(),
                "GYRE_OTHER_ROOT_KEY");
    }

    @Test
    void noneIsThereUnlessItIsGiven() {
        Installation given = of(Map.of());
        assertTrue(given.rootKey().isEmpty());
        assertTrue(given.rootKeyFile().isEmpty());
        assertTrue(given.rootKeyPkcs11().library().isEmpty());
        assertTrue(given.otherRootKeyKms().uri().isEmpty());
    }
}
