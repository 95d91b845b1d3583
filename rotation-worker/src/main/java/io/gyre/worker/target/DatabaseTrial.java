package io.gyre.worker.target;

import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tries a database account with a login to PostgreSQL. */
final class DatabaseTrial {
    /** A login takes milliseconds; a database that is being moved to another host answers only later. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    /** Every RDS instance of PostgreSQL has it. */
    private static final String DATABASE = "postgres";

    /** Wrong password; no such role, or one that may not log in. */
    private static final Set<String> REFUSALS = Set.of("28P01", "28000");

    /** PostgreSQL looks at these only after the password was found right: no such database, no right to connect to it. */
    private static final Set<String> AFTER_THE_LOGIN = Set.of("3D000", "42501");

    private final Vertx vertx;
    private final Duration limit;

    /** @param limit for all of a login */
    DatabaseTrial(Vertx vertx, Duration limit) {
        this.vertx = vertx;
        this.limit = limit;
    }

    Uni<Trial> of(Server server, StoredValue account) {
        String name = account.name("AccountName");
        String login = "A login as " + name + " at " + server.host() + ":" + server.port();
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.host())
                .setPort(server.port())
                .setDatabase(DATABASE)
                .setUser(name)
                .setPassword(account.secret("AccountPassword").reveal())
                .setReconnectAttempts(0)
                .setTracingPolicy(TracingPolicy.IGNORE);
        options.setConnectTimeout((int) limit.toMillis());
        // Ends a connection whose other side stays silent inside of the login, which nothing else could close.
        options.setIdleTimeout((int) limit.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return Uni.createFrom()
                .completionStage(() -> connect(options).toCompletionStage())
                .map(closed -> (Trial) new Trial.LetIn(login + " succeeds."))
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> undecided("LoginTimedOut", login + " took more than " + limit + "."))
                .onFailure()
                .recoverWithItem(failure -> failed(login, failure));
    }

    private Future<Void> connect(PgConnectOptions options) {
        // Whether the connection closes in order changes nothing about the login.
        return PgConnection.connect(vertx, options)
                .compose(connection -> connection.close().otherwiseEmpty());
    }

    /** A driver's message is not repeated. */
    private static Trial failed(String login, Throwable failure) {
        if (!(failure instanceof PgException answer)) {
            return undecided("DatabaseNotReached", login + " did not come about: the database was not reached.");
        }
        String state = String.valueOf(answer.getSqlState());
        if (REFUSALS.contains(state)) {
            return new Trial.TurnedAway(login + " is refused (SQLSTATE " + state + ").");
        }
        if (AFTER_THE_LOGIN.contains(state)) {
            return new Trial.LetIn(login + " succeeds (SQLSTATE " + state + " came after it).");
        }
        return undecided(state, login + " did not come about: the database answered with SQLSTATE " + state + ".");
    }

    private static Trial undecided(String code, String what) {
        return new Trial.Undecided(new Refused(Remedy.RETRY, code, what));
    }
}
