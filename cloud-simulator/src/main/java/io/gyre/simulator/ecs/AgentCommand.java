package io.gyre.simulator.ecs;

import io.gyre.simulator.store.Transaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent inside an instance can be told to do. A password comes as its hash, so that none is kept in the
 * records of commands.
 */
enum AgentCommand {
    ADD_KEY("cmd-ACS-KMS-RotateECSSecretAddKey", "PublicKey") {
        @Override
        AgentResult run(Transaction transaction, String instance, String user, String value) {
            Optional<LoginKey> key = LoginKey.parse(value);
            if (key.isEmpty()) {
                return AgentResult.exit(1, "PublicKey is no RSA or Ed25519 key as OpenSSH writes it");
            }
            transaction.change("""
                    INSERT INTO ecs_authorized_key (instance_id, user_name, public_key) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING""", instance, user, key.get().line());
            return AgentResult.success("the key is authorized");
        }
    },

    REMOVE_KEY("cmd-ACS-KMS-RotateECSSecretRemoveKey", "PublicKey") {
        @Override
        AgentResult run(Transaction transaction, String instance, String user, String value) {
            Optional<LoginKey> key = LoginKey.parse(value);
            if (key.isEmpty()) {
                return AgentResult.exit(1, "PublicKey is no RSA or Ed25519 key as OpenSSH writes it");
            }
            transaction.change(
                    "DELETE FROM ecs_authorized_key WHERE instance_id = ? AND user_name = ? AND public_key = ?",
                    instance,
                    user,
                    key.get().line());
            return AgentResult.success("the key is not authorized");
        }
    },

    SET_PASSWORD("cmd-ACS-KMS-RotateECSSecretSetPassword", "PasswordHash") {
        @Override
        AgentResult run(Transaction transaction, String instance, String user, String value) {
            if (!LoginPassword.isHash(value)) {
                return AgentResult.exit(1, "PasswordHash is no SHA-512 hash as crypt(3) makes it");
            }
            transaction.change(
                    "UPDATE ecs_account SET password_hash = ? WHERE instance_id = ? AND user_name = ?",
                    value,
                    instance,
                    user);
            return AgentResult.success("the password is set");
        }
    };

    private static final String USER = "UserName";

    private final String id;
    private final String parameter;

    AgentCommand(String id, String parameter) {
        this.id = id;
        this.parameter = parameter;
    }

    String id() {
        return id;
    }

    /** The parameters that it takes, all of them needed. */
    Set<String> parameters() {
        return Set.of(USER, parameter);
    }

    /** @throws io.gyre.rpc.RpcFault InvalidCmdId.NotFound */
    static AgentCommand of(String id) {
        for (AgentCommand command : values()) {
            if (command.id.equals(id)) {
                return command;
            }
        }
        throw EcsFaults.noSuchCommand();
    }

    /** Repeating a command changes nothing more. */
    AgentResult run(Transaction transaction, String instance, Map<String, String> parameters) {
        String user = parameters.getOrDefault(USER, "");
        boolean known =
                transaction.exists("SELECT 1 FROM ecs_account WHERE instance_id = ? AND user_name = ?", instance, user);
        return known
                ? run(transaction, instance, user, parameters.getOrDefault(parameter, ""))
                : AgentResult.refused("AccountNotExists", "The account does not exist in the instance.");
    }

    abstract AgentResult run(Transaction transaction, String instance, String user, String value);
}
