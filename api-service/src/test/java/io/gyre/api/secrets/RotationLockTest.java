package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RotationLockTest {
    private static final String REFUSED =
            "409 Rejected.ResourceInUse Your secret is being rotated, please try again later";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void ofTwoHundredCallsAtOnceExactlyOneIsAccepted() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String versionId = "candidate-" + i;
            calls.add(() -> outcome(() -> clients.current()
                    .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId(versionId))));
        }
        assertEquals(Map.of("accepted", 1L, REFUSED, 199L), counted(atOnce(calls)));
        assertEquals(
                1,
                rows.count("SELECT count(*) FROM rotation r JOIN secret s USING (secret_id) WHERE s.name = ?", name));
    }

    @Test
    void aPolicyChangeAndARotationNeverSlipPastEachOther() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = secrets.create(secrets.rdsSingle());
            Callable<String> rotation = () -> outcome(() -> clients.current()
                    .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2")));
            Callable<String> policy = () -> outcome(() -> clients.current()
                    .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                            .setSecretName(name)
                            .setEnableAutomaticRotation(true)
                            .setRotationInterval("7d")));
            List<String> outcomes = atOnce(List.of(rotation, policy));
            assertEquals("accepted", outcomes.get(0));
            // Either the policy came first, or it met the rotation and changed nothing.
            String status = rows.text("SELECT rotation_status FROM secret WHERE name = ?", name);
            assertEquals(outcomes.get(1).equals("accepted") ? "Enabled" : "Disabled", status);
            assertEquals(outcomes.get(1).equals("accepted") ? "accepted" : REFUSED, outcomes.get(1));
        }
    }

    /** Every call in a thread of its own, none before all are ready. */
    private static List<String> atOnce(List<Callable<String>> calls) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(calls.size());
        CountDownLatch ready = new CountDownLatch(calls.size());
        try {
            List<Future<String>> begun = new ArrayList<>();
            for (Callable<String> call : calls) {
                begun.add(callers.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> each : begun) {
                outcomes.add(each.get());
            }
            return outcomes;
        } finally {
            callers.shutdown();
        }
    }

    private static String outcome(Callable<?> call) throws Exception {
        try {
            call.call();
            return "accepted";
        } catch (TeaException refusal) {
            return refusal.getStatusCode() + " " + refusal.getCode() + " "
                    + refusal.getData().get("Message");
        }
    }

    private static Map<String, Long> counted(List<String> outcomes) {
        return outcomes.stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }
}
