package io.gyre.envelope;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key at a cloud's key management service, by whichever of Tink's clients is on the class path. */
public final class CloudKey {
    /** They register themselves nowhere, and a build has those that it was asked for. */
    private static final Map<String, String> CLIENTS = Map.of(
            "aws-kms://", "com.google.crypto.tink.integration.awskms.AwsKmsClient",
            "gcp-kms://", "com.google.crypto.tink.integration.gcpkms.GcpKmsClient");

    private CloudKey() {}

    /**
     * Whatever it encrypts or decrypts is one call over the network.
     *
     * @param uri as Tink names the key
     * @param credentialsFile as the client takes them; empty for its own default
     * @throws EnvelopeException if no client knows the key, or the credentials cannot be read
     */
    public static Aead of(String uri, Optional<Path> credentialsFile) {
        KmsClient client = client(uri);
        credentialsFile.ifPresent(file -> OwnersFile.read(
                file, "The file with the cloud's credentials", "write them to it as the cloud's client takes them."));
        try {
            KmsClient known = credentialsFile.isPresent()
                    ? client.withCredentials(credentialsFile.get().toString())
                    : client.withDefaultCredentials();
            return known.getAead(uri);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new EnvelopeException(
                    "The client for the key \"" + uri + "\" cannot be used ("
                            + e.getClass().getSimpleName() + "): check the key's name, and the credentials in "
                            + credentialsFile.map(Path::toString).orElse("their default place") + ".",
                    e);
        }
    }

    private static KmsClient client(String uri) {
        for (Map.Entry<String, String> each : CLIENTS.entrySet()) {
            if (uri.startsWith(each.getKey())) {
                try {
                    return Class.forName(each.getValue())
                            .asSubclass(KmsClient.class)
                            .getConstructor()
                            .newInstance();
                } catch (ReflectiveOperationException e) {
                    throw noClient(uri, e);
                }
            }
        }
        throw noClient(uri, null);
    }

    private static EnvelopeException noClient(String uri, @Nullable Throwable cause) {
        return new EnvelopeException(
                "No client for the key \"" + uri
                        + "\" is part of this build: name an aws-kms:// or gcp-kms:// key, and build Gyre with -Pkms-aws or"
                        + " -Pkms-gcp, as docs/root-keys.md says.",
                cause);
    }
}
