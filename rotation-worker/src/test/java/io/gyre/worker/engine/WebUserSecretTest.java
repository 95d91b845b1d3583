package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gyre.secret.SecretText;
import io.gyre.worker.candidate.Candidates;
import io.gyre.worker.machine.WebUserRotation;
import io.gyre.worker.target.WebUserTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worked example of docs/add-a-secret-type.md, whole: the engine, PostgreSQL, and a web server that really checks passwords. */
class WebUserSecretTest {
    private static final String TYPE = "webuser";
    private static final SecretText TOKEN = SecretText.of("the administrator's token");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final EngineSettings SETTINGS =
            new EngineSettings(64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(50), LEASE);

    private final World world = new World();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        passwords.put("reports_a", "old password of reports_a");
        passwords.put("reports_b", "old password of reports_b");
    }

    @AfterEach
    void end() {
        server.stop(0);
        world.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (exchange.getRequestMethod().equals("PUT")) {
            String user = exchange.getRequestURI().getPath().replace("/users/", "");
            String password = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!authorization.equals("Bearer " + TOKEN.reveal())) {
                return 403;
            }
            return passwords.replace(user, password) == null ? 404 : 204;
        }
        boolean isKnown = passwords.entrySet().stream()
                .anyMatch(each -> authorization.equals(basic(each.getKey(), each.getValue())));
        return isKnown ? 200 : 401;
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private UUID rotation() {
        Map<String, String> place = Map.of(WebUserRotation.SERVER, address());
        long secret = world.secret(
                "reports", "WebUser", "DoubleUsers", place, user("v-a", "reports_a"), user("v-b", "reports_b"));
        return world.rotation(secret, "immediate", TYPE, place);
    }

    private static World.Version user(String version, String name) {
        return new World.Version(
                version,
                name,
                SecretText.of("{\"UserName\":\"" + name + "\",\"Password\":\"old password of " + name + "\"}"));
    }

    private Engine engine() {
        RotationStore store = new PostgresRotationStore(
                world.pool, world.envelope, "worker-1", List.of(TYPE), SETTINGS.perTarget(), LEASE, world.ticks());
        Runner runner = new Runner(
                store,
                Map.of(TYPE, new RotationType(TYPE, new WebUserRotation(), new WebUserTarget(TOKEN))),
                new Candidates(new SecureRandom()),
                new Unlimited(),
                SETTINGS,
                world.ticks(),
                world.executor,
                new Random(1),
                Onlooker.NOBODY);
        return new Engine(store, runner, SETTINGS, world.ticks());
    }

    private String ended(UUID rotation) {
        Engine engine = engine();
        engine.start();
        world.await("the end of the rotation", () -> !ask("ended_at", rotation).equals("null"));
        engine.drain();
        return ask("state", rotation);
    }

    private String ask(String column, UUID rotation) {
        return world.text("SELECT " + column + " FROM rotation WHERE rotation_id = $1", rotation);
    }

    @Test
    void theIdleUserIsCurrentAtTheEndWithAPasswordThatTheServerLetsIn() {
        UUID rotation = rotation();
        assertEquals("Succeeded", ended(rotation));
        assertEquals(
                "REACH SET PROVE PROVE_REFUSED SUCCEEDED",
                ask(
                        "(SELECT string_agg(phase, ' ' ORDER BY step) FROM rotation_step s WHERE s.rotation_id = $1)",
                        rotation));
        assertEquals(
                "reports_b",
                ask(
                        "(SELECT credential_name FROM secret_stage s JOIN secret_version v USING (secret_id, version_id)"
                                + " WHERE stage = 'ACSCurrent' AND s.secret_id = rotation.secret_id)",
                        rotation));
        assertEquals("old password of reports_a", passwords.get("reports_a"));
        assertEquals(32, String.valueOf(passwords.get("reports_b")).length());
        assertFalse(ask("(SELECT string_agg(note, ' ') FROM rotation_step s WHERE s.rotation_id = $1)", rotation)
                .contains(String.valueOf(passwords.get("reports_b"))));
    }

    @Test
    void aUserThatIsGoneIsToldAndNothingIsChanged() {
        passwords.remove("reports_b");
        UUID rotation = rotation();
        assertEquals("Failed", ended(rotation));
        assertEquals(
                address() + " has no user reports_b: create the user again, then retry.", ask("finding", rotation));
        assertEquals(Map.of("reports_a", "old password of reports_a"), passwords);
    }
}
