package io.gyre.api.wire;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bucket4j.TimeMeter;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong nanoseconds = new AtomicLong();
    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanoseconds.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };

    @Test
    void nothingIsCountedUnlessTheOperatorWantsIt() {
        Throttle throttle = new Throttle(ThrottlingSettings.Profile.NONE, 1, time);
        assertEquals(5000, admitted(throttle, "1", "CreateSecret", 5000));
    }

    @Test
    void anAccountHasTheDocumentedCallsOfASecondAndThenNone() {
        Throttle throttle = sharedGateway(1);
        assertEquals(450, admitted(throttle, "1", "GetSecretValue", 1000));
        RpcFault refusal = assertThrows(RpcFault.class, () -> throttle.admit(request("1", "GetSecretValue")));
        assertEquals("429 Rejected.Throttling QPS Limit Exceeded", told(refusal));
    }

    @Test
    void callsComeBackAsTimePasses() {
        Throttle throttle = sharedGateway(1);
        admitted(throttle, "1", "RotateSecret", 60);
        pass(Duration.ofMinutes(6));
        assertEquals(5, admitted(throttle, "1", "RotateSecret", 60));
    }

    @Test
    void actionsOfOneQuotaShareItAndOthersHaveTheirOwn() {
        Throttle throttle = sharedGateway(1);
        assertEquals(10, admitted(throttle, "1", "CreateSecret", 60));
        assertEquals(0, admitted(throttle, "1", "DeleteSecret", 60));
        assertEquals(40, admitted(throttle, "1", "ListSecrets", 60));
    }

    @Test
    void oneAccountUsesUpNothingOfAnothers() {
        Throttle throttle = sharedGateway(1);
        admitted(throttle, "1", "CreateSecret", 60);
        assertEquals(10, admitted(throttle, "2", "CreateSecret", 60));
    }

    @Test
    void eachOfSeveralProcessesGrantsItsShareAndNeverNothing() {
        Throttle throttle = sharedGateway(4);
        assertEquals(112, admitted(throttle, "1", "GetSecretValue", 1000));
        assertDoesNotThrow(() -> throttle.admit(request("1", "OpenKmsService")));
    }

    private Throttle sharedGateway(int processes) {
        return new Throttle(ThrottlingSettings.Profile.SHARED_GATEWAY, processes, time);
    }

    private static long admitted(Throttle throttle, String account, String action, int calls) {
        return IntStream.range(0, calls)
                .filter(call -> admits(throttle, account, action))
                .count();
    }

    private static boolean admits(Throttle throttle, String account, String action) {
        try {
            throttle.admit(request(account, action));
            return true;
        } catch (RpcFault refusal) {
            return false;
        }
    }

    private void pass(Duration duration) {
        nanoseconds.addAndGet(duration.toNanos());
    }

    private static String told(RpcFault fault) {
        return fault.status() + " " + fault.code() + " " + fault.text();
    }

    private static RpcRequest request(String account, String action) {
        AccessKey key = new AccessKey("LTAI1", SecretText.of("a secret"), true, account, "root");
        return new RpcRequest("Kms", action, "2016-01-20", new TreeMap<>(), key, "a request", "127.0.0.1", false);
    }
}
