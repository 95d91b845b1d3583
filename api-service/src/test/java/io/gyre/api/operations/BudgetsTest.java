package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BudgetsTest {
    private static final String PATH = "/operations/v1/budgets";

    @Inject
    Rows rows;

    @Inject
    Identities identities;

    @Inject
    OperationsClient operations;

    /** As a worker leaves it. */
    private String budget(String sinceTaken, double calls, double share, String throttledAt) {
        String account = "account-" + UUID.randomUUID();
        rows.change(
                "INSERT INTO cloud_budget (account, product, bucket, calls, taken_at, rate, burst, share, throttled_at)"
                        + " VALUES (?, 'rds', '', ?, clock_timestamp() - CAST(? AS interval), 10, 20, ?, " + throttledAt
                        + ")",
                account,
                calls,
                sinceTaken,
                share);
        return account;
    }

    private JsonNode listed(String account) {
        for (JsonNode each : operations.get(PATH).json(200).path("budgets")) {
            if (each.path("account").asText().equals(account)) {
                return each;
            }
        }
        throw new AssertionError(account + " is not listed");
    }

    @Test
    void aBudgetIsShownAsItHasGrownSinceAWorkerLastTookFromIt() {
        JsonNode shown = listed(budget("1 hour", -5, 1, "NULL"));
        assertEquals("rds", shown.path("product").asText());
        assertEquals(10, shown.path("rate").asDouble());
        assertEquals(20, shown.path("burst").asDouble());
        assertEquals(10, shown.path("effectiveRate").asDouble());
        assertEquals(20, shown.path("callsLeft").asDouble(), "no more than the burst");
        assertFalse(shown.has("throttledAt") || shown.has("throttledUntil"), shown::toString);
    }

    @Test
    void promisedCallsAreShownAsADebt() {
        JsonNode shown = listed(budget("-1 hour", -5, 1, "NULL"));
        assertEquals(-5, shown.path("callsLeft").asDouble());
    }

    @Test
    void whereTheCloudThrottlesItIsShownByHowMuchAndUntilWhen() {
        JsonNode shown = listed(budget("1 hour", 0, 0.25, "clock_timestamp()"));
        assertEquals(2.5, shown.path("effectiveRate").asDouble(), 1.1, "a quarter, or little more some minutes later");
        assertTrue(shown.path("callsLeft").asDouble() < 20, shown::toString);
        Instant at = Instant.parse(shown.path("throttledAt").asText());
        assertEquals(
                at.plus(Duration.ofSeconds(240)),
                Instant.parse(shown.path("throttledUntil").asText()),
                "eight steps of 30 s");
    }

    @Test
    void whatHasRecoveredIsNotThrottled() {
        JsonNode shown = listed(budget("1 hour", 0, 0.25, "clock_timestamp() - interval '1 hour'"));
        assertEquals(10, shown.path("effectiveRate").asDouble());
        assertFalse(shown.has("throttledAt") || shown.has("throttledUntil"), shown::toString);
    }

    @Test
    void theListNeedsAPermissionOfItsOwn() throws Exception {
        Clients.AccessKey key = identities.keyOf(identities.user());
        RpcCredentials user = new RpcCredentials(key.id(), SecretText.of(key.secret()));
        String refusal = operations
                .send("GET", PATH, "", operations.headers("GET", PATH, "", user, Instant.now()))
                .problem(403, "Forbidden.NoPermission");
        assertTrue(refusal.contains("gyre:ListBudgets"), refusal);
    }
}
