package io.gyre.simulator.ecs;

import io.gyre.simulator.store.Database;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may log in to an instance, read anew for each try, so that a removed key is refused from then on. */
@Singleton
class Logins {
    private final Database database;

    Logins(Database database) {
        this.database = database;
    }

    private record Account(@Nullable String passwordHash) {}

    boolean byPassword(String instance, String user, String password) {
        List<Account> accounts = database.inTransaction(transaction -> transaction.list(
                "SELECT password_hash FROM ecs_account WHERE instance_id = ? AND user_name = ?",
                row -> new Account(row.getString(1)),
                instance,
                user));
        // Also for an unknown user, so that he cannot be told apart by the time it takes.
        return LoginPassword.matches(
                password, accounts.isEmpty() ? null : accounts.get(0).passwordHash());
    }

    boolean byKey(String instance, String user, LoginKey key) {
        return database.inTransaction(transaction -> transaction.exists("""
                        SELECT 1 FROM ecs_authorized_key
                         WHERE instance_id = ? AND user_name = ? AND public_key = ?""", instance, user, key.line()));
    }
}
