package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A secret of the fleet, and how a program uses it.
 *
 * @param login whether its target lets a value in; throws PlatformException if the target answers neither yes nor no
 * @param held the names of the credentials that the target holds, where it lists them
 */
record FleetSecret(String name, Kind kind, Predicate<JsonNode> login, Supplier<Set<String>> held) {

    /** What the secret stands for. */
    enum Kind {
        RAM("RAM AccessKey", true, "AccessKeyId"),
        RDS_PAIR("RDS, two accounts", true, ""),
        RDS_SINGLE("RDS, one account", false, ""),
        ECS_KEY("ECS, SSH key", true, "PublicKey"),
        ECS_PASSWORD("ECS, password", false, "");

        private final String title;
        private final boolean holdsTwo;
        private final String listedBy;

        Kind(String title, boolean holdsTwo, String listedBy) {
            this.title = title;
            this.holdsTwo = holdsTwo;
            this.listedBy = listedBy;
        }

        String title() {
            return title;
        }

        /** Whether the target lets two credentials in at once, so that no program ever meets a refusal. */
        boolean holdsTwo() {
            return holdsTwo;
        }

        /** Whether the target lists the credentials that it lets in. */
        boolean isListed() {
            return !listedBy.isEmpty();
        }

        /** What the target calls the credential of a value. */
        String nameIn(JsonNode value) {
            return withoutComment(value.path(listedBy).asText());
        }

        /** Of a public key as OpenSSH writes it, what is kept wherever it is authorized: its type and its body. */
        private static String withoutComment(String name) {
            int body = name.indexOf(' ');
            int comment = name.indexOf(' ', body + 1);
            return comment < 0 ? name : name.substring(0, comment);
        }
    }

    /** @throws io.gyre.platform.PlatformException if it is refused, or the API is away */
    void rotate(Kms kms, String versionId) {
        if (kind == Kind.RAM) {
            kms.rotateWithin(name, versionId, "10m");
        } else {
            kms.rotate(name, versionId);
        }
    }
}
