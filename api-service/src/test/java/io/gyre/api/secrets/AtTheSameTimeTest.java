package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.TagResourceRequest;
import com.aliyun.kms20160120.models.UpdateSecretVersionStageRequest;
import com.aliyun.tea.TeaException;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;

/** Calls that meet at one secret: one after the other in effect, whatever order they come in, and never a 500. */
@QuarkusTest
class AtTheSameTimeTest {
    private static final int CALLERS = 8;
    private static final int ROUNDS = 5;
    private static final String DONE = "done";
    private static final String EXISTS = "409 Rejected.ResourceExist";
    private static final String GONE = "404 Forbidden.ResourceNotFound";
    private static final String IN_WINDOW = "409 Rejected.ResourceInDeleteWindow";

    private static final ExecutorService CALLS = Executors.newFixedThreadPool(CALLERS);

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @AfterAll
    static void endCallers() {
        CALLS.shutdownNow();
    }

    /** One call of the SDK. */
    private interface Call {
        void by(Client client) throws Exception;
    }

    @RepeatedTest(ROUNDS)
    void ofManyCreatesOfOneNameOneSucceeds() throws Exception {
        CreateSecretRequest request = secrets.generic();
        List<String> outcomes = together(Collections.nCopies(CALLERS, client -> client.createSecret(request)));
        assertEquals(1, Collections.frequency(outcomes, DONE), outcomes::toString);
        assertEquals(CALLERS - 1, Collections.frequency(outcomes, EXISTS), outcomes::toString);
        assertEquals(1, versions(request.getSecretName()));
        assertEquals("ACSCurrent v1", rows.stages(request.getSecretName()));
    }

    @RepeatedTest(ROUNDS)
    void putsOfOneVersionWithTheSameValueAllSucceedOnce() throws Exception {
        String name = secrets.create(secrets.generic());
        List<String> outcomes = together(Collections.nCopies(CALLERS, put(name, "v2", "the same")));
        assertEquals(Collections.nCopies(CALLERS, DONE), outcomes);
        assertEquals(2, versions(name));
        assertEquals("ACSCurrent v2, ACSPrevious v1", rows.stages(name));
    }

    @RepeatedTest(ROUNDS)
    void ofPutsOfOneVersionWithDifferentValuesOneSucceeds() throws Exception {
        String name = secrets.create(secrets.generic());
        List<Call> puts = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            puts.add(put(name, "v2", "value " + i));
        }
        List<String> outcomes = together(puts);
        assertEquals(1, Collections.frequency(outcomes, DONE), outcomes::toString);
        assertEquals(CALLERS - 1, Collections.frequency(outcomes, EXISTS), outcomes::toString);
        assertEquals(2, versions(name));
    }

    @RepeatedTest(ROUNDS)
    void putsOfDifferentVersionsAllCountAndTheLastTwoHaveTheLabels() throws Exception {
        String name = secrets.create(secrets.generic());
        List<Call> puts = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            puts.add(put(name, "w" + i, "value"));
        }
        assertEquals(Collections.nCopies(CALLERS, DONE), together(puts));
        assertEquals(CALLERS + 1, versions(name));
        List<String> newestFirst = rows.texts(
                "SELECT v.version_id FROM secret_version v JOIN secret s USING (secret_id) WHERE s.name = ?"
                        + " ORDER BY v.created_at DESC LIMIT 2",
                name);
        assertEquals("ACSCurrent " + newestFirst.get(0) + ", ACSPrevious " + newestFirst.get(1), rows.stages(name));
    }

    @RepeatedTest(ROUNDS)
    void aPutThatMeetsADeletionIsDoneBeforeItOrRefused() throws Exception {
        for (String force : List.of("true", "false")) {
            String name = secrets.create(secrets.generic());
            List<Call> calls = new ArrayList<>();
            calls.add(client -> client.deleteSecret(
                    new DeleteSecretRequest().setSecretName(name).setForceDeleteWithoutRecovery(force)));
            for (int i = 1; i < CALLERS; i++) {
                calls.add(put(name, "w" + i, "value"));
            }
            List<String> outcomes = together(calls);
            assertEquals(DONE, outcomes.get(0));
            String refused = force.equals("true") ? GONE : IN_WINDOW;
            assertTrue(
                    outcomes.stream().allMatch(outcome -> outcome.equals(DONE) || outcome.equals(refused)),
                    outcomes::toString);
            int createdAndPut = Collections.frequency(outcomes, DONE);
            assertEquals(force.equals("true") ? 0 : createdAndPut, versions(name));
        }
    }

    @RepeatedTest(ROUNDS)
    void movesOfLabelsAndPutsFollowOneAnother() throws Exception {
        String name = secrets.create(secrets.generic());
        put(name, "v2", "second").by(clients.current());
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS / 2; i++) {
            calls.add(put(name, "w" + i, "value"));
            calls.add(client -> client.updateSecretVersionStage(new UpdateSecretVersionStageRequest()
                    .setSecretName(name)
                    .setVersionStage("ACSCurrent")
                    .setMoveToVersion("v1")));
        }
        assertEquals(Collections.nCopies(CALLERS, DONE), together(calls));
        assertEquals(
                List.of("ACSCurrent", "ACSPrevious"),
                rows.texts(
                        "SELECT stage FROM secret_stage JOIN secret USING (secret_id) WHERE name = ? ORDER BY stage",
                        name));
        assertEquals(
                2,
                rows.count(
                        "SELECT count(DISTINCT version_id) FROM secret_stage JOIN secret USING (secret_id)"
                                + " WHERE name = ?",
                        name));
    }

    @RepeatedTest(ROUNDS)
    void noTagIsLost() throws Exception {
        String name = secrets.create(secrets.generic());
        List<Call> tags = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String tag = "[{\"TagKey\":\"k" + i + "\",\"TagValue\":\"v\"}]";
            tags.add(client -> client.tagResource(
                    new TagResourceRequest().setSecretName(name).setTags(tag)));
        }
        assertEquals(Collections.nCopies(CALLERS, DONE), together(tags));
        assertEquals(
                CALLERS, rows.count("SELECT jsonb_array_length(CAST(tags AS jsonb)) FROM secret WHERE name = ?", name));
    }

    /** Begins them all at once, each by a client of its own; @return how each of them ended */
    private List<String> together(List<Call> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<String>> outcomes = new ArrayList<>();
        for (Call call : calls) {
            Client client = clients.current();
            Callable<String> task = () -> {
                start.await();
                try {
                    call.by(client);
                    return DONE;
                } catch (TeaException refusal) {
                    return refusal.getStatusCode() + " " + refusal.getCode();
                }
            };
            outcomes.add(CALLS.submit(task));
        }
        List<String> ended = new ArrayList<>();
        for (Future<String> outcome : outcomes) {
            ended.add(outcome.get());
        }
        return ended;
    }

    private static Call put(String name, String versionId, String value) {
        return client -> client.putSecretValue(new PutSecretValueRequest()
                .setSecretName(name)
                .setVersionId(versionId)
                .setSecretData(value));
    }

    private long versions(String name) {
        return rows.count("SELECT count(*) FROM secret_version JOIN secret USING (secret_id) WHERE name = ?", name);
    }
}
