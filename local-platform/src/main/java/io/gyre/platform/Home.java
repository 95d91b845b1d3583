package io.gyre.platform;

import java.nio.file.Path;

/**
 * The folder of one platform: what lies where.
 *
 * @param folder absolute
 */
public record Home(Path folder) {

    /** A server's own files. */
    public Path data(String process) {
        return folder.resolve("data").resolve(process);
    }

    /** Where every process writes its log. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** What a process says. */
    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** A file of mode 0600. */
    public Path secret(String name) {
        return folder.resolve("secrets").resolve(name);
    }

    /** The certificates. */
    public Path tls() {
        return folder.resolve("tls");
    }

    /** The records of the running processes. */
    public Path run() {
        return folder.resolve("run");
    }

    /** Gyre's administrator. */
    public Path administratorKeyFile() {
        return secret("administrator-access-key");
    }

    /** The simulated cloud account's own key. */
    public Path cloudAccountKeyFile() {
        return secret("cloud-account-access-key");
    }

    /** The root key, without which no secret can be read. */
    public Path rootKeyFile() {
        return secret("root-key");
    }
}
