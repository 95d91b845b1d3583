package io.gyre.secret;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a secret is for, and with that who may replace it. */
public enum SecretType {
    /** Any text or bytes; only its owner replaces it. */
    GENERIC("Generic", null, null),
    /** A RAM user's AccessKey. */
    RAM("RAMCredentials", "ram", null),
    /** An account of an RDS instance, or a pair of them. */
    RDS("Rds", "rds", "DBInstanceId"),
    /** A login of an ECS instance. */
    ECS("ECS", "ecs", "InstanceId");

    private final String wireName;
    private final @Nullable String rotationType;
    private final @Nullable String holder;

    SecretType(String wireName, @Nullable String rotationType, @Nullable String holder) {
        this.wireName = wireName;
        this.rotationType = rotationType;
        this.holder = holder;
    }

    /** As requests and answers spell it, and as the table {@code secret} keeps it. */
    public String wireName() {
        return wireName;
    }

    /** Which workers rotate it, and on which request topic they hear of it; none for what Gyre does not rotate. */
    public Optional<String> rotationType() {
        return Optional.ofNullable(rotationType);
    }

    /** Every one, in the order in which people read of them: ram, rds, ecs. */
    public static List<String> rotationTypes() {
        return Stream.of(values())
                .map(SecretType::rotationType)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * What answers for the credential: rotations with the same key share its limits, and wait for one another if it hangs.
     *
     * @param place the fields of ExtendedConfig that name the target
     */
    public String targetKey(Map<String, String> place) {
        return holder == null ? wireName : wireName + " " + place.get(holder);
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
