package io.gyre.api.testing;

import static java.util.Map.entry;

import io.gyre.platform.tls.LocalAuthority;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/** Gives an API service a root key and another one, a certificate, a place for the administrator's key, and free ports. */
public final class InstallationResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installation");
            LocalAuthority authority = LocalAuthority.in(folder, folder.resolve("server.key"), InstantSource.system());
            return Map.ofEntries(
                    entry(
                            "gyre.ops.tls-certificate",
                            authority.serverCertificate().toString()),
                    entry("gyre.ops.tls-key", authority.serverKey().toString()),
                    entry(
                            "gyre.root-key-file",
                            rootKey(folder.resolve("root.key")).toString()),
                    entry(
                            "gyre.other-root-key-file",
                            rootKey(folder.resolve("other-root.key")).toString()),
                    entry(
                            "gyre.administrator-key-file",
                            folder.resolve("administrator.key").toString()),
                    entry("gyre.local-platform", "true"),
                    entry("gyre.api.port", "0"),
                    entry("quarkus.log.file.enabled", "true"),
                    entry("quarkus.log.file.path", folder.resolve("api.log").toString()),
                    entry("quarkus.log.category.\"com.aliyun\".level", "WARN"),
                    // The fixture notes its servers among the system properties, as gyre.test.*
                    entry("smallrye.config.mapping.validate-unknown", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path rootKey(Path file) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, Base64.getEncoder().encodeToString(key));
    }

    @Override
    public void stop() {}
}
