package io.gyre.api.console;

import java.util.List;

/**
 * Something that is typed of a secret that is to be created.
 *
 * @param name of the form's field
 * @param label what stands before it
 * @param hint what stands behind it; empty for nothing
 * @param wireName how the API's refusals call it: a parameter, or a field within one
 */
record NewSecretField(String name, String label, String hint, Entry entry, boolean required, String wireName) {
    static final NewSecretField NAME = line("name", "Name", "Letters, digits and _ / + = . @ -", "SecretName");
    static final NewSecretField ECS_NAME = line(
            "name", "Name", "It begins with acs/ecs/, which is put before it where you leave it out.", "SecretName");
    static final NewSecretField DESCRIPTION = optional("description", "Description", "", Entry.LINE, "Description");
    static final NewSecretField VALUE = new NewSecretField(
            "value",
            "Value",
            "At most 30,720 bytes; line breaks are kept as line feeds.",
            Entry.SECRET_LINES,
            true,
            "SecretData");
    static final NewSecretField DATA_TYPE = new NewSecretField(
            "dataType",
            "Data",
            "Binary data is typed, stored and handed out in Base64.",
            Entry.DATA_TYPE,
            true,
            "SecretDataType");
    static final NewSecretField RDS_INSTANCE =
            line("rdsInstance", "RDS instance", "For example rm-2zeXXXX.", "DBInstanceId");
    static final NewSecretField ECS_INSTANCE =
            line("ecsInstance", "ECS instance", "For example i-bp1XXXX.", "InstanceId");
    static final NewSecretField ECS_USER = line("user", "User", "As on the instance.", "UserName");
    static final NewSecretField PUBLIC_KEY = new NewSecretField(
            "publicKey", "Public key", "As in authorized_keys: ssh-ed25519 AAAA…", Entry.LINES, true, "PublicKey");
    static final NewSecretField PRIVATE_KEY = new NewSecretField(
            "privateKey", "Private key", "PEM: -----BEGIN … to … END -----", Entry.SECRET_LINES, true, "PrivateKey");
    static final NewSecretField SSH_PORT = optional("port", "SSH port", "22 unless given.", Entry.LINE, "SshPort");
    static final NewSecretField HOST_KEY = optional(
            "hostKey",
            "Host key",
            "SHA256:…, as ssh-keygen -l prints it; any is taken unless given.",
            Entry.LINE,
            "SshHostKeySha256");

    /** How it is typed. What is secret is never shown again. */
    enum Entry {
        LINE(false, false),
        DATA_TYPE(false, false),
        LINES(false, true),
        SECRET_LINE(true, false),
        SECRET_LINES(true, true);

        private final boolean secret;
        private final boolean large;

        Entry(boolean secret, boolean large) {
            this.secret = secret;
            this.large = large;
        }
    }

    boolean secret() {
        return entry.secret;
    }

    /** Whether it has several lines. */
    boolean large() {
        return entry.large;
    }

    /** Those that it is one of; none where it is typed. */
    List<String> options() {
        return entry == Entry.DATA_TYPE ? List.of("text", NewSecretDraft.BINARY) : List.of();
    }

    static NewSecretField line(String name, String label, String hint, String wireName) {
        return new NewSecretField(name, label, hint, Entry.LINE, true, wireName);
    }

    static NewSecretField secret(String name, String label, String wireName) {
        return new NewSecretField(name, label, "", Entry.SECRET_LINE, true, wireName);
    }

    static NewSecretField optional(String name, String label, String hint, Entry entry, String wireName) {
        return new NewSecretField(name, label, hint, entry, false, wireName);
    }
}
