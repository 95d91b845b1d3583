package io.gyre.api.console;

import static io.gyre.api.console.NewSecretField.Entry.LINE;
import static io.gyre.api.console.NewSecretField.Entry.LINES;
import static io.gyre.api.console.NewSecretField.Entry.SECRET_LINE;
import static io.gyre.api.console.NewSecretField.Entry.SECRET_LINES;

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
            "Any text. Gyre keeps its versions; only its owner replaces it.",
            SecretType.GENERIC,
            "",
            List.of(new NewSecretField(
                    "value",
                    "Value",
                    "At most 30,720 bytes; line breaks are kept as line feeds.",
                    SECRET_LINES,
                    true,
                    "SecretData"))),
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
                    line("rdsInstance", "RDS instance", "For example rm-2zeXXXX.", "DBInstanceId"),
                    line("account", "Account", "", "AccountName"),
                    secret("password", "Password", "AccountPassword"))),
    RDS_DOUBLE(
            "rds-double",
            "RDS, two accounts",
            "They take turns, so that one always works. Give both the same privileges.",
            SecretType.RDS,
            "DoubleUsers",
            List.of(
                    line("rdsInstance", "RDS instance", "For example rm-2zeXXXX.", "DBInstanceId"),
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
            List.of(
                    line("ecsInstance", "ECS instance", "For example i-bp1XXXX.", "InstanceId"),
                    line("user", "User", "As on the instance.", "UserName"),
                    secret("password", "Password", "Password"),
                    optional("port", "SSH port", "22 unless given.", LINE, "SshPort"),
                    optional(
                            "hostKey",
                            "Host key",
                            "SHA256:…, as ssh-keygen -l prints it; any is taken unless given.",
                            LINE,
                            "SshHostKeySha256"))),
    ECS_KEY(
            "ecs-key-pair",
            "ECS login, key pair",
            "The instance's command agent adds a new key, and removes the former one.",
            SecretType.ECS,
            "SSHKey",
            List.of(
                    line("ecsInstance", "ECS instance", "For example i-bp1XXXX.", "InstanceId"),
                    line("user", "User", "As on the instance.", "UserName"),
                    new NewSecretField(
                            "publicKey",
                            "Public key",
                            "As in authorized_keys: ssh-ed25519 AAAA…",
                            LINES,
                            true,
                            "PublicKey"),
                    new NewSecretField(
                            "privateKey",
                            "Private key",
                            "PEM: -----BEGIN … to … END -----",
                            SECRET_LINES,
                            true,
                            "PrivateKey"),
                    optional("port", "SSH port", "22 unless given.", LINE, "SshPort"),
                    optional(
                            "hostKey",
                            "Host key",
                            "SHA256:…, as ssh-keygen -l prints it; any is taken unless given.",
                            LINE,
                            "SshHostKeySha256")));

    static final String ECS_PREFIX = "acs/ecs/";

    private static final NewSecretField NAME = line("name", "Name", "Letters, digits and _ / + = . @ -", "SecretName");
    private static final NewSecretField ECS_NAME = line(
            "name", "Name", "It begins with acs/ecs/, which is put before it where you leave it out.", "SecretName");
    private static final NewSecretField DESCRIPTION = optional("description", "Description", "", LINE, "Description");

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

    private static NewSecretField line(String name, String label, String hint, String wireName) {
        return new NewSecretField(name, label, hint, LINE, true, wireName);
    }

    private static NewSecretField secret(String name, String label, String wireName) {
        return new NewSecretField(name, label, "", SECRET_LINE, true, wireName);
    }

    private static NewSecretField optional(
            String name, String label, String hint, NewSecretField.Entry entry, String wireName) {
        return new NewSecretField(name, label, hint, entry, false, wireName);
    }
}
