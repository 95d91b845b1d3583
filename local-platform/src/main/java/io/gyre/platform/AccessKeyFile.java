package io.gyre.platform;

import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** An AccessKey as the platform writes it down: lines {@code AccessKeyId=…} and {@code AccessKeySecret=…}. */
public final class AccessKeyFile {
    private AccessKeyFile() {}

    /** @throws PlatformException if the file cannot be read */
    public static RpcCredentials read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new PlatformException("Cannot read the AccessKey in " + file + ".", e);
        }
        return new RpcCredentials(
                lines.getProperty("AccessKeyId", ""), SecretText.of(lines.getProperty("AccessKeySecret", "")));
    }
}
