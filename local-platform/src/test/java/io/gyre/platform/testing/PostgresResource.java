package io.gyre.platform.testing;

import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Locale;
import java.util.Map;

/**
 * Gives a QuarkusTest an empty database of its own: {@code gyre.db.host}, {@code .port}, {@code .name}, {@code .user} and
 * {@code .password}. Two arguments may change that: {@code prefix} stands in place of {@code gyre.db}, {@code privileges}
 * is {@code ordinary} or {@code superuser}.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private String prefix = "gyre.db";
    private Privileges privileges = Privileges.ORDINARY;

    @Override
    public void init(Map<String, String> arguments) {
        prefix = arguments.getOrDefault("prefix", prefix);
        privileges = Privileges.valueOf(
                arguments.getOrDefault("privileges", privileges.name()).toUpperCase(Locale.ROOT));
    }

    @Override
    public Map<String, String> start() {
        TestPostgres.Database database = TestPostgres.freshDatabase(privileges);
        return Map.of(
                prefix + ".host", database.host(),
                prefix + ".port", Integer.toString(database.port()),
                prefix + ".name", database.name(),
                prefix + ".user", database.user(),
                prefix + ".password", database.password().reveal());
    }

    /** The server goes on for the next test. */
    @Override
    public void stop() {}
}
