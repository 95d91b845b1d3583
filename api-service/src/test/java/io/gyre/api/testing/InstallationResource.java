package io.gyre.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** Gives an API service a root key, a place for the administrator's key, and free ports. */
public final class InstallationResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installation");
            Path rootKey = folder.resolve("root.key");
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            Files.createFile(
                    rootKey, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(rootKey, Base64.getEncoder().encodeToString(key));
            return Map.of(
                    "gyre.root-key-file",
                    rootKey.toString(),
                    "gyre.administrator-key-file",
                    folder.resolve("administrator.key").toString(),
                    "gyre.local-platform",
                    "true",
                    "gyre.api.port",
                    "0",
                    "quarkus.log.file.enabled",
                    "true",
                    "quarkus.log.file.path",
                    folder.resolve("api.log").toString(),
                    "quarkus.log.category.\"com.aliyun\".level",
                    "WARN",
                    // The fixture notes its servers among the system properties, as gyre.test.*
                    "smallrye.config.mapping.validate-unknown",
                    "false");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
