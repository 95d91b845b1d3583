package io.gyre.platform.testing;

import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Gives a QuarkusTest an empty database of its own: {@code gyre.db.host}, {@code .port}, {@code .name}, {@code .user} and
 * {@code .password}. Three arguments may change that: {@code prefix} stands in place of {@code gyre.db}, {@code privileges}
 * is {@code ordinary} or {@code superuser}, and {@code roles} names further roles, with commas between: the first is the user
 * then, and the one that owns the database is {@code .owner}, with {@code .owner-password}.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private String prefix = "gyre.db";
    private Privileges privileges = Privileges.ORDINARY;
    private List<String> roles = List.of();

    @Override
    public void init(Map<String, String> arguments) {
        prefix = arguments.getOrDefault("prefix", prefix);
        privileges = Privileges.valueOf(
                arguments.getOrDefault("privileges", privileges.name()).toUpperCase(Locale.ROOT));
        if (arguments.containsKey("roles")) {
            roles = List.of(arguments.get("roles").split(",", -1));
        }
    }

    @Override
    public Map<String, String> start() {
        TestPostgres.Database database = TestPostgres.freshDatabase(privileges);
        Map<String, String> settings = new HashMap<>(Map.of(
                prefix + ".host", database.host(),
                prefix + ".port", Integer.toString(database.port()),
                prefix + ".name", database.name(),
                prefix + ".user", database.user(),
                prefix + ".password", database.password().reveal()));
        roles.forEach(TestPostgres::sharedRole);
        if (!roles.isEmpty()) {
            settings.put(prefix + ".user", roles.get(0));
            settings.put(
                    prefix + ".password", TestPostgres.sharedRole(roles.get(0)).reveal());
            settings.put(prefix + ".owner", database.user());
            settings.put(prefix + ".owner-password", database.password().reveal());
        }
        return settings;
    }

    /** The server goes on for the next test. */
    @Override
    public void stop() {}
}
