package io.gyre.api.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/** Gyre's PostgreSQL. The pools of the framework are configured from the same keys. */
@ConfigMapping(prefix = "gyre.db")
public interface Database {
    /** Its host. */
    @WithDefault("127.0.0.1")
    String host();

    /** Its port. */
    @WithDefault("5432")
    @Min(1)
    @Max(65535)
    int port();

    /** The database. */
    @WithDefault("gyre")
    String name();

    /** The role to work as; it needs no more than docs/deployment.md grants it. */
    @WithDefault("gyre")
    String user();

    /** The role's password; from a file, never from the command line. */
    String password();

    /** The role that owns the tables and migrates them at the start; the one to work as unless it is given. */
    Optional<String> owner();

    /** The owner's password; from a file, never from the command line. */
    Optional<String> ownerPassword();

    /** For a connection beside the pools. */
    default PgConnectOptions connection() {
        return new PgConnectOptions()
                .setHost(host())
                .setPort(port())
                .setDatabase(name())
                .setUser(user())
                .setPassword(password());
    }
}
