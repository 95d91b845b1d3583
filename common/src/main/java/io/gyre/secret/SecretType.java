package io.gyre.secret;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a secret is for, and with that who may replace it. */
public enum SecretType {
    /** Any text or bytes; only its owner replaces it. */
    GENERIC("Generic", null),
    /** An account of an RDS instance, or a pair of them. */
    RDS("Rds", "rds"),
    /** A RAM user's AccessKey. */
    RAM("RAMCredentials", "ram"),
    /** A login of an ECS instance. */
    ECS("ECS", "ecs");

    private final String wireName;
    private final @Nullable String rotationType;

    SecretType(String wireName, @Nullable String rotationType) {
        this.wireName = wireName;
        this.rotationType = rotationType;
    }

    /** As requests and answers spell it, and as the table {@code secret} keeps it. */
    public String wireName() {
        return wireName;
    }

    /** Which workers rotate it, and on which request topic they hear of it; none for what Gyre does not rotate. */
    public Optional<String> rotationType() {
        return Optional.ofNullable(rotationType);
    }

    public boolean isManaged() {
        return rotationType != null;
    }

    public static Optional<SecretType> ofWireName(String wireName) {
        return Stream.of(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
