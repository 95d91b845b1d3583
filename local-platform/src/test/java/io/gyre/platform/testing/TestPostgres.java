package io.gyre.platform.testing;

import io.gyre.platform.PrivateFile;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.secret.SecretText;
import java.util.Locale;

/** The PostgreSQL server of this JVM's tests: started at the first call, stopped when the JVM ends. */
public final class TestPostgres {

    private TestPostgres() {}

    /**
     * A database that nobody used before.
     *
     * @param user its owner, an ordinary role of its own
     */
    public record Database(String host, int port, String name, String user, SecretText password) {

        /** Where a JDBC driver finds it. */
        public String jdbcUrl() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + name;
        }
    }

    /** An empty database, owned by an ordinary role. */
    public static Database freshDatabase() {
        return freshDatabase(Privileges.ORDINARY);
    }

    /** An empty database, owned by a role with these privileges; a superuser may make further roles. */
    public static Database freshDatabase(Privileges privileges) {
        PostgresSuperuser server = server();
        String name =
                "test_" + PrivateFile.randomText(9).toLowerCase(Locale.ROOT).replace('-', '_');
        SecretText password = SecretText.of(PrivateFile.randomText(18));
        server.declareRole(name, password, privileges);
        server.declareDatabase(name, name);
        return new Database(server.host(), server.port(), name, name, password);
    }

    /**
     * A role that all databases of this JVM's tests share, with the same password at each call. It may only do what a
     * migration grants it, so it is to be there before.
     */
    public static SecretText sharedRole(String name) {
        return SecretText.of(OncePerJvm.value("gyre.test.role." + name, () -> {
            SecretText password = SecretText.of(PrivateFile.randomText(18));
            server().declareRole(name, password, Privileges.ORDINARY);
            return password.reveal();
        }));
    }

    /** The way in for the superuser of the server. */
    public static PostgresSuperuser server() {
        String[] words = OncePerJvm.value("gyre.test.postgres", () -> {
                    PostgresSuperuser started =
                            Docker.answers() ? Docker.startPostgres() : EmbeddedServers.startPostgres();
                    return String.join(
                            " ",
                            started.host(),
                            Integer.toString(started.port()),
                            started.role(),
                            started.password().reveal());
                })
                .split(" ", -1);
        return new PostgresSuperuser(words[0], Integer.parseInt(words[1]), words[2], SecretText.of(words[3]));
    }
}
