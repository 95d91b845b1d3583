package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.testing.PostgresResource;
import io.gyre.rpc.RpcFault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "prefix", value = "gyre.simulator.db"),
            @ResourceArg(name = "privileges", value = "superuser")
        })
class CallCountTest {
    @Inject
    Cloud cloud;

    @BeforeEach
    @AfterEach
    void forget() {
        simulator("ForgetCalls", Map.of());
    }

    private JsonNode simulator(String action, Map<String, String> parameters) {
        return cloud.call(cloud.account(), "2026-11-01", action, parameters);
    }

    private JsonNode counted() {
        return simulator("CountCalls", Map.of()).at("/CallCounts/CallCount");
    }

    @Test
    void callsAreCountedForEachAccountAndProductWhateverBecomesOfThem() {
        assertEquals(0, counted().size(), "the simulator's own actions do not count");
        cloud.whoIs(cloud.account());
        assertThrows(
                RpcFault.class,
                () -> cloud.call(cloud.account(), "2015-05-01", "GetUser", Map.of("UserName", "nobody")));
        cloud.call(cloud.account(), "2015-05-01", "ListUsers", Map.of());

        JsonNode counted = counted();
        assertEquals(2, counted.size(), counted::toString);
        assertEquals("Ram", counted.path(0).path("TargetProduct").asText());
        assertEquals(2, counted.path(0).path("Calls").asInt());
        assertTrue(counted.path(0).path("MostInOneSecond").asInt() >= 1);
        assertEquals(0, counted.path(0).path("Throttled").asInt());
        assertEquals("Sts", counted.path(1).path("TargetProduct").asText());
        assertEquals(
                cloud.whoIs(cloud.account()).path("AccountId").asText(),
                counted.path(1).path("AccountId").asText());
    }

    @Test
    void aLimitIsEnforcedAsTheCloudsDoUntilItIsTakenAway() {
        simulator("LimitCalls", Map.of("TargetProduct", "Sts", "CallsPerSecond", "1"));
        Cloud.await(() -> {
            try {
                cloud.whoIs(cloud.account());
                return false;
            } catch (RpcFault refusal) {
                assertEquals("Throttling.User", refusal.code());
                assertEquals(400, refusal.status());
                return true;
            }
        });
        assertEquals(1, counted().path(0).path("Throttled").asInt());
        simulator("LimitCalls", Map.of("TargetProduct", "Sts", "CallsPerSecond", "0"));
        cloud.whoIs(cloud.account());
    }

    @Test
    void aLimitOfNoProductIsRefused() {
        RpcFault refusal = assertThrows(
                RpcFault.class, () -> simulator("LimitCalls", Map.of("TargetProduct", "Kms", "CallsPerSecond", "1")));
        assertEquals("InvalidParameter", refusal.code());
        assertTrue(refusal.text().contains("Ram, Sts, Rds or Ecs"));
    }
}
