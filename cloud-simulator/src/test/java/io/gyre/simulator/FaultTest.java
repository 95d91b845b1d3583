package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.testing.PostgresResource;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcUnclear;
import io.gyre.secret.SecretText;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
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
class FaultTest {
    private static final String RAM = "2015-05-01";
    private static int users;

    @Inject
    Cloud cloud;

    private String user;

    @BeforeEach
    void aUser() {
        user = "faulty-" + ++users;
        ram("CreateUser");
    }

    @AfterEach
    void clear() {
        simulator("ClearFaults", Map.of());
    }

    private JsonNode ram(String action) {
        return cloud.call(cloud.account(), RAM, action, Map.of("UserName", user));
    }

    private JsonNode simulator(String action, Map<String, String> parameters) {
        return cloud.call(cloud.account(), "2026-11-01", action, parameters);
    }

    private void inject(String action, String kind, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("TargetProduct", "Ram");
        parameters.put("TargetAction", action);
        parameters.put("Kind", kind);
        assertFalse(
                simulator("InjectFault", parameters).path("FaultId").asText().isEmpty());
    }

    private int keys() {
        return ram("ListAccessKeys").path("AccessKeys").path("AccessKey").size();
    }

    @Test
    void anErrorIsAnsweredInTheWorksPlaceForSoManyCalls() {
        inject("CreateAccessKey", "Error", Map.of("Code", "ExternalFailure", "HttpStatus", "503", "Count", "2"));
        for (int i = 0; i < 2; i++) {
            RpcFault fault = assertThrows(RpcFault.class, () -> ram("CreateAccessKey"));
            assertEquals("ExternalFailure", fault.code());
            assertEquals(503, fault.status());
        }
        assertEquals(0, keys());

        ram("CreateAccessKey");

        assertEquals(1, keys());
    }

    @Test
    void anAnswerIsLostAfterTheWorkIsDone() {
        inject("CreateAccessKey", "Drop", Map.of("AfterWork", "true"));

        assertThrows(RpcUnclear.class, () -> ram("CreateAccessKey"));

        assertEquals(1, keys());
    }

    @Test
    void aCallIsLostBeforeTheWorkIsDone() {
        inject("CreateAccessKey", "Drop", Map.of());

        assertThrows(RpcUnclear.class, () -> ram("CreateAccessKey"));

        assertEquals(0, keys());
    }

    @Test
    void aLateAnswerComes() {
        inject("ListAccessKeys", "Delay", Map.of("DelayMillis", "50", "AfterWork", "true"));
        assertEquals(0, keys());
    }

    @Test
    void aFaultMayBeMeantForOneResourceOnly() {
        inject("ListAccessKeys", "Drop", Map.of("Resource", "somebody-else"));
        assertEquals(0, keys());
        inject("ListAccessKeys", "Drop", Map.of("Resource", user));
        assertThrows(RpcUnclear.class, this::keys);
    }

    @Test
    void faultsAreListedAndCleared() {
        inject("ListAccessKeys", "Hang", Map.of("Count", "3"));
        JsonNode listed = simulator("ListFaults", Map.of()).path("Faults").path("Fault");
        assertEquals(1, listed.size());
        assertEquals("Hang", listed.path(0).path("Kind").asText());
        assertEquals(3, listed.path(0).path("Remaining").asInt());

        simulator("ClearFaults", Map.of());

        assertEquals(0, keys());
    }

    @Test
    void onlyTheAccountItselfAsksForFaults() {
        JsonNode key = ram("CreateAccessKey").path("AccessKey");
        RpcCredentials user = new RpcCredentials(
                key.path("AccessKeyId").asText(),
                SecretText.of(key.path("AccessKeySecret").asText()));
        Cloud.await(() -> {
            try {
                return cloud.whoIs(user).has("Arn");
            } catch (RpcFault notYet) {
                return false;
            }
        });

        RpcFault refusal = assertThrows(RpcFault.class, () -> cloud.call(user, "2026-11-01", "ListFaults", Map.of()));

        assertEquals("NoPermission", refusal.code());
    }

    @Test
    void aFaultThatIsNoneIsRefused() {
        RpcFault refusal = assertThrows(RpcFault.class, () -> inject("ListAccessKeys", "Explode", Map.of()));
        assertEquals("InvalidParameter", refusal.code());
        assertTrue(refusal.text().contains("Delay, Error, Drop or Hang"));
    }
}
