package io.gyre.worker.offer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Unlimited;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.verdict.RdsOffer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Offered credentials on a real database, at a target that a test plays. */
class OfferChecksTest {
    private static final Duration EVERY = Duration.ofMillis(20);

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    /** Lets in who has the right password; whatever changes the target is a failure of the test. */
    private Uni<Outcome> target(Effect effect, Map<Credential, SecretText> values) {
        if (effect instanceof InspectAccount) {
            return Uni.createFrom().item(Done.with(Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432")));
        }
        if (effect instanceof ProveLogin login) {
            return Uni.createFrom()
                    .item(
                            values.get(login.which()).reveal().equals("right")
                                    ? Done.plain()
                                    : new NotYet("A login is refused (SQLSTATE 28P01)."));
        }
        throw new AssertionError("A look changed the target: " + effect);
    }

    private UUID offer(String current, String other, UUID sealedFor) {
        UUID id = UUID.randomUUID();
        UUID bound = sealedFor == null ? id : sealedFor;
        world.sql(
                "INSERT INTO credential_offer (offer_id, account_id, rotation_type, secret_sub_type, place, target,"
                        + " current_name, other_name, current_sealed, other_sealed)"
                        + " VALUES ($1, '1', 'rds', 'DoubleUsers', 'rm-1', $2, 'app_a', 'app_b', $3, $4)",
                id,
                JsonObject.mapFrom(Map.of("DBInstanceId", "rm-1")),
                Buffer.buffer(world.envelope.sealOffered(bound, "app_a", SecretText.of(current))),
                Buffer.buffer(world.envelope.sealOffered(bound, "app_b", SecretText.of(other))));
        return id;
    }

    private JsonArray checks(UUID offer) {
        OfferChecks checks = new OfferChecks(
                new PostgresOfferStore(world.pool, world.envelope, List.of("rds")),
                Map.of("rds", new RotationType("rds", new RdsRotation(), this::target)),
                Map.of("rds", new RdsOffer()),
                EVERY,
                new Unlimited(),
                world.ticks(),
                world.executor);
        checks.start();
        String ended = "SELECT (ended_at IS NOT NULL)::text FROM credential_offer WHERE offer_id = $1";
        world.await("the end of the offer", () -> world.text(ended, offer).equals("true"));
        checks.drain();
        return new JsonArray(world.text("SELECT checks::text FROM credential_offer WHERE offer_id = $1", offer));
    }

    private static List<String> states(JsonArray checks) {
        return checks.stream()
                .map(check -> ((JsonObject) check).getString("what") + " " + ((JsonObject) check).getString("state"))
                .toList();
    }

    @Test
    void eachCredentialIsTriedWithItsOwnValueAndTheValuesAreGoneAfterwards() {
        UUID offer = offer("right", "wrong", null);

        JsonArray checks = checks(offer);

        assertEquals(
                List.of(
                        "RDS instance rm-1, account app_a works",
                        "Login as app_a works",
                        "RDS instance rm-1, account app_b works",
                        "Login as app_b refused"),
                states(checks));
        assertFalse(checks.encode().contains("wrong"), "no value is told");
        assertEquals(
                "true",
                world.text(
                        "SELECT (current_sealed IS NULL AND other_sealed IS NULL)::text FROM credential_offer"
                                + " WHERE offer_id = $1",
                        offer));
    }

    @Test
    void valuesThatWereMovedToAnotherRowDoNotOpenThere() {
        JsonArray checks = checks(offer("right", "right", UUID.randomUUID()));

        assertEquals("Login as app_a open", states(checks).get(1));
        assertEquals(
                "What was typed could not be opened by this worker: its root keys are others.",
                checks.getJsonObject(1).getString("seen"));
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotTried() {
        UUID ended = offer("right", "right", null);
        world.sql(
                "UPDATE credential_offer SET ended_at = clock_timestamp(), current_sealed = NULL, other_sealed = NULL"
                        + " WHERE offer_id = $1",
                ended);

        checks(offer("right", "right", null));

        assertEquals(
                "true", world.text("SELECT (checks IS NULL)::text FROM credential_offer WHERE offer_id = $1", ended));
    }
}
