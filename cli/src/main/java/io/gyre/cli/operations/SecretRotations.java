package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rotations of one secret, the latest first. */
public final class SecretRotations {
    private static final String LARGEST_PAGE = "200";

    private SecretRotations() {}

    /**
     * The rotation that makes, or made, this version.
     *
     * @throws PlatformException where none does: the version was put by somebody
     */
    public static JsonNode towards(OperationsApi api, String secretName, String versionId) {
        return latest(api, secretName)
                .filter(rotation -> rotation.path("credentials")
                        .path("candidate")
                        .path("versionId")
                        .asText()
                        .equals(versionId))
                .orElseThrow(() -> new PlatformException("Nothing has begun: " + secretName + " has a version \""
                        + versionId + "\" already; leave --version-id away, or name another one."));
    }

    /** With all that is known of it; nothing where the secret was never rotated. */
    public static Optional<JsonNode> latest(OperationsApi api, String secretName) {
        String token = "";
        do {
            JsonNode page = api.get(
                    "rotations",
                    new TreeMap<>(Map.of("secret", secretName, "limit", LARGEST_PAGE, "nextToken", token)));
            // Asked for by the beginning of a name: others may begin with it, too.
            for (JsonNode rotation : page.path("rotations")) {
                if (rotation.path("secretName").asText().equals(secretName)) {
                    return Optional.of(
                            api.get("rotations/" + rotation.path("rotationId").asText(), new TreeMap<>()));
                }
            }
            token = page.path("nextToken").asText();
        } while (!token.isEmpty());
        return Optional.empty();
    }
}
