package io.gyre.api.secrets;

import io.gyre.secret.SecretType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a managed secret holds, and which fields of ExtendedConfig say where it is checked. */
enum SubType {
    /** One RDS account, whose password is reset. */
    SINGLE_USER(SecretType.RDS, "SingleUser", List.of("DBInstanceId")),
    /** Two RDS accounts that take turns. */
    DOUBLE_USERS(SecretType.RDS, "DoubleUsers", List.of("DBInstanceId")),
    /** A RAM user's AccessKey. */
    RAM_USER_ACCESS_KEY(SecretType.RAM, "RamUserAccessKey", List.of("UserName")),
    /** An ECS user's password. */
    PASSWORD(SecretType.ECS, "Password", List.of("RegionId", "InstanceId")),
    /** An ECS user's key pair. */
    SSH_KEY(SecretType.ECS, "SSHKey", List.of("RegionId", "InstanceId"));

    private final SecretType type;
    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // Always of List.of.
    private final List<String> place;

    SubType(SecretType type, String wireName, List<String> place) {
        this.type = type;
        this.wireName = wireName;
        this.place = place;
    }

    SecretType type() {
        return type;
    }

    String wireName() {
        return wireName;
    }

    /** The fields that name the target, all of them needed, in the order in which answers have them. */
    List<String> place() {
        return place;
    }

    static Optional<SubType> of(SecretType type, String wireName) {
        return of(type).stream().filter(sub -> sub.wireName.equals(wireName)).findFirst();
    }

    static List<SubType> of(SecretType type) {
        return Arrays.stream(values()).filter(sub -> sub.type == type).toList();
    }
}
