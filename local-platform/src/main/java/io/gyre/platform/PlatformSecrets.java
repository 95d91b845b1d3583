package io.gyre.platform;

import io.gyre.secret.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * The passwords and keys of a platform: made at random by its first start, read by the later ones.
 *
 * @param postgres of the role that owns Gyre's database
 * @param postgresApi of the role that api-service works as
 * @param postgresWorker of the workers' role
 * @param postgresSimulator of the role that may read the calendar
 * @param cloudPostgres of the superuser on the cloud's PostgreSQL
 * @param cloudKeyId the cloud account's own AccessKey
 */
public record PlatformSecrets(
        SecretText postgres,
        SecretText postgresApi,
        SecretText postgresWorker,
        SecretText postgresSimulator,
        SecretText cloudPostgres,
        String cloudKeyId,
        SecretText cloudKeySecret) {

    private static final int ROOT_KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 12;
    private static final int KEY_SECRET_BYTES = 24;

    private static final String KEY_ID = "AccessKeyId";
    private static final String KEY_SECRET = "AccessKeySecret";

    /**
     * Reads what is there, makes what is not.
     *
     * @throws PlatformException if a file can be neither read nor written, or if there is data whose root key is gone
     */
    static PlatformSecrets in(Home home) {
        PrivateFile.folder(home.secret("").toAbsolutePath());
        declareRootKey(home);
        Properties key = cloudKey(home.cloudAccountKeyFile());
        return new PlatformSecrets(
                PrivateFile.password(home.secret("postgres-gyre")),
                PrivateFile.password(home.secret("postgres-api")),
                PrivateFile.password(home.secret("postgres-worker")),
                PrivateFile.password(home.secret("postgres-simulator")),
                PrivateFile.password(home.secret("postgres-cloud")),
                key.getProperty(KEY_ID),
                SecretText.of(key.getProperty(KEY_SECRET)));
    }

    private static void declareRootKey(Home home) {
        Path file = home.rootKeyFile();
        if (Files.exists(file)) {
            return;
        }
        if (Files.exists(home.data("postgres"))) {
            throw new PlatformException("The root key " + file + " is gone, and without it no secret in "
                    + home.data("postgres") + " can be read: put it back, or begin anew with another --home.");
        }
        byte[] key = new byte[ROOT_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
    }

    private static Properties cloudKey(Path file) {
        if (!Files.exists(file)) {
            // The form of a real one: LTAI, then letters and digits.
            String id = "LTAI"
                    + PrivateFile.randomText(KEY_ID_BYTES).replace('-', 'x').replace('_', 'y');
            String secret =
                    PrivateFile.randomText(KEY_SECRET_BYTES).replace('-', 'x').replace('_', 'y');
            PrivateFile.write(file, KEY_ID + "=" + id + "\n" + KEY_SECRET + "=" + secret + "\n");
        }
        Properties key = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            key.load(reader);
        } catch (IOException e) {
            throw new PlatformException("Cannot read " + file + ": " + PrivateFile.reason(e) + ".", e);
        }
        if (key.getProperty(KEY_ID) == null || key.getProperty(KEY_SECRET) == null) {
            throw new PlatformException(
                    file + " lacks the line " + KEY_ID + "=… or " + KEY_SECRET + "=…: put them back, or delete it.");
        }
        return key;
    }
}
