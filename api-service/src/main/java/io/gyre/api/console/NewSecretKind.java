package io.gyre.api.console;

import static io.gyre.api.console.NewSecretField.DATA_TYPE;
import static io.gyre.api.console.NewSecretField.DESCRIPTION;
import static io.gyre.api.console.NewSecretField.ECS_INSTANCE;
import static io.gyre.api.console.NewSecretField.ECS_NAME;
import static io.gyre.api.console.NewSecretField.ECS_USER;
import static io.gyre.api.console.NewSecretField.Entry.LINE;
import static io.gyre.api.console.NewSecretField.Entry.SECRET_LINE;
import static io.gyre.api.console.NewSecretField.HOST_KEY;
import static io.gyre.api.console.NewSecretField.NAME;
import static io.gyre.api.console.NewSecretField.PRIVATE_KEY;
import static io.gyre.api.console.NewSecretField.PUBLIC_KEY;
import static io.gyre.api.console.NewSecretField.RDS_INSTANCE;
import static io.gyre.api.console.NewSecretField.SSH_PORT;
import static io.gyre.api.console.NewSecretField.VALUE;
import static io.gyre.api.console.NewSecretField.line;
import static io.gyre.api.console.NewSecretField.optional;
import static io.gyre.api.console.NewSecretField.secret;

import io.gyre.secret.SecretType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be created by the console, each with a page of its own, and what is typed there beside what all have. */
enum NewSecretKind {
    GENERIC(
            "generic",
            "Generic",
            "Any text or binary data. Gyre keeps its versions; only its owner replaces it.",
            SecretType.GENERIC,
            "",
            List.of(DATA_TYPE, VALUE)),
    RAM(
            "ram",
            "RAM user's AccessKey",
            "Gyre makes a new AccessKey, and deletes the former one once its overlap is over.",
            SecretType.RAM,
            "RamUserAccessKey",
            List.of(
                    line("user", "RAM user", "The secret is named after the user: acs/ram/user/…", "UserName"),
                    line("keyId", "AccessKeyId", "The one that programs use now.", "AccessKeyId"),
                    secret("keySecret", "AccessKeySecret", "AccessKeySecret"),
                    optional(
                            "otherKeyId",
                            "The user's other AccessKeyId",
                            "If the user has two; it is replaced first.",
                            LINE,
                            "AccessKeys"),
                    optional("otherKeySecret", "Its AccessKeySecret", "", SECRET_LINE, "AccessKeys"))),
    RDS_SINGLE(
            "rds-single",
            "RDS, one account",
            "Its password is reset; programs may be refused for a moment until they read the new one.",
            SecretType.RDS,
            "SingleUser",
            List.of(
                    RDS_INSTANCE,
                    line("account", "Account", "", "AccountName"),
                    secret("password", "Password", "AccountPassword"))),
    RDS_DOUBLE(
            "rds-double",
            "RDS, two accounts",
            "They take turns, so that one always works. Give both the same privileges.",
            SecretType.RDS,
            "DoubleUsers",
            List.of(
                    RDS_INSTANCE,
                    line("account", "Account in use", "", "AccountName"),
                    secret("password", "Its password", "AccountPassword"),
                    line("otherAccount", "Other account", "", "Accounts"),
                    secret("otherPassword", "The other account's password", "Accounts"))),
    ECS_PASSWORD(
            "ecs-password",
            "ECS login, password",
            "The instance's command agent sets a new password.",
            SecretType.ECS,
            "Password",
            List.of(ECS_INSTANCE, ECS_USER, secret("password", "Password", "Password"), SSH_PORT, HOST_KEY)),
    ECS_KEY(
            "ecs-key-pair",
            "ECS login, key pair",
            "The instance's command agent adds a new key, and removes the former one.",
            SecretType.ECS,
            "SSHKey",
            List.of(ECS_INSTANCE, ECS_USER, PUBLIC_KEY, PRIVATE_KEY, SSH_PORT, HOST_KEY));

    static final String ECS_PREFIX = "acs/ecs/";

    private final String label;
    private final String title;
    private final String purpose;
    private final SecretType type;
    private final String subType;

    @SuppressWarnings("ImmutableEnumChecker") // Always of List.of.
    private final List<NewSecretField> own;

    NewSecretKind(
            String label, String title, String purpose, SecretType type, String subType, List<NewSecretField> own) {
        this.label = label;
        this.title = title;
        this.purpose = purpose;
        this.type = type;
        this.subType = subType;
        this.own = own;
    }

    static Optional<NewSecretKind> ofLabel(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    /** As its page's address has it. */
    String label() {
        return label;
    }

    public String title() {
        return title;
    }

    /** What it is, and what becomes of it, in a sentence or two. */
    public String purpose() {
        return purpose;
    }

    public String address() {
        return ConsoleRoutes.ROOT + NewSecretChoicePage.PATH + "/" + label;
    }

    SecretType type() {
        return type;
    }

    /** As on the wire; empty for Generic. */
    String subType() {
        return subType;
    }

    /** Whether Gyre rotates it, and a target can be asked. */
    public boolean managed() {
        return type.isManaged();
    }

    /** In the order in which they are typed. Instance, key and rotation policy stand apart from them. */
    List<NewSecretField> fields() {
        return Stream.of(named(), own, List.of(DESCRIPTION))
                .flatMap(List::stream)
                .toList();
    }

    private List<NewSecretField> named() {
        return switch (type) {
            case RAM -> List.of();
            case ECS -> List.of(ECS_NAME);
            default -> List.of(NAME);
        };
    }
}
