package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.Remedy;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTrialTest {
    private final Vertx vertx = Vertx.vertx();
    private final String account = "app_" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Trial trial(String host, int port, String password, Duration limit) {
        String value = "{\"AccountName\":\"" + account + "\",\"AccountPassword\":\"" + password + "\"}";
        return new DatabaseTrial(vertx, limit)
                .of(new RdsEffect.Server(host, port), StoredValue.of(SecretText.of(value)))
                .await()
                .atMost(TestCloud.SOON);
    }

    private Trial atPostgres(String password) {
        PostgresSuperuser server = TestPostgres.server();
        return trial(server.host(), server.port(), password, DatabaseTrial.LIMIT);
    }

    private static Refused undecided(Trial trial) {
        Refused refused = assertInstanceOf(
                Refused.class, assertInstanceOf(Trial.Undecided.class, trial).outcome());
        assertEquals(Remedy.RETRY, refused.remedy());
        return refused;
    }

    @Test
    void anAccountIsLetInWithItsPasswordAndTurnedAwayWithAnother() {
        TestPostgres.server().declareRole(account, SecretText.of("first-P4ssword"), Privileges.ORDINARY);
        assertInstanceOf(Trial.LetIn.class, atPostgres("first-P4ssword"));
        Trial wrong = atPostgres("hunter2");
        assertInstanceOf(Trial.TurnedAway.class, wrong);
        assertFalse(wrong.toString().contains("hunter2"));

        TestPostgres.server().declareRole(account, SecretText.of("second-P4ssword"), Privileges.ORDINARY);
        assertInstanceOf(Trial.TurnedAway.class, atPostgres("first-P4ssword"));
        assertInstanceOf(Trial.LetIn.class, atPostgres("second-P4ssword"));
    }

    @Test
    void anAccountThatDoesNotExistIsTurnedAway() {
        assertInstanceOf(Trial.TurnedAway.class, atPostgres("any"));
    }

    @Test
    void aDatabaseThatIsNotReachedProvesNothing() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertEquals(
                "DatabaseNotReached",
                undecided(trial("127.0.0.1", free, "any", DatabaseTrial.LIMIT)).code());
        assertEquals(
                "DatabaseNotReached",
                undecided(trial("no-such-host.invalid", 5432, "any", DatabaseTrial.LIMIT))
                        .code());
    }

    private int server(Handler<NetSocket> behaviour) {
        return vertx.createNetServer()
                .connectHandler(behaviour)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    /** Answers every start of a login with this SQLSTATE. */
    private int refusing(String sqlState) {
        String fields = "SFATAL\0VFATAL\0C" + sqlState + "\0Mhunter2\0\0";
        Buffer error = Buffer.buffer("E").appendInt(4 + fields.length()).appendString(fields);
        return server(socket -> socket.handler(start -> socket.end(error)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"53300", "57P03", "XX000"})
    void aDatabaseThatRefusesEveryLoginProvesNothing(String sqlState) {
        Refused refused = undecided(trial("127.0.0.1", refusing(sqlState), "any", DatabaseTrial.LIMIT));
        assertEquals(sqlState, refused.code());
        assertFalse(refused.toString().contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3D000", "42501"})
    void whatPostgresqlRefusesOnlyAfterThePasswordProvesThePassword(String sqlState) {
        assertInstanceOf(Trial.LetIn.class, trial("127.0.0.1", refusing(sqlState), "any", DatabaseTrial.LIMIT));
    }

    @Test
    void aConnectionThatBreaksOffProvesNothing() {
        int port = server(socket -> socket.handler(start -> socket.close()));
        assertEquals(
                "DatabaseNotReached",
                undecided(trial("127.0.0.1", port, "any", DatabaseTrial.LIMIT)).code());
    }

    @Test
    void aSilentDatabaseProvesNothingAndItsConnectionIsClosed() throws Exception {
        Promise<Void> closed = Promise.promise();
        int port = server(socket -> socket.closeHandler(closed::complete));

        undecided(trial("127.0.0.1", port, "any", Duration.ofMillis(200)));
        closed.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertTrue(closed.future().succeeded());
    }
}
