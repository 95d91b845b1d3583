package io.gyre.api.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Campaigns;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Scans that meet at one campaign, as those of several processes do. */
@QuarkusTest
class TwoProcessesTest {
    private static final int PROCESSES = 4;
    private static final int SECRETS = 30;

    @Inject
    Campaigns campaigns;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    CampaignRuns runs;

    @Inject
    CampaignBeginnings beginnings;

    private void scan() {
        try {
            // A small batch, so that they meet at many decisions.
            VertxContextSupport.subscribeAndAwait(() -> runs.goOn(3));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private void allScan(ExecutorService processes) {
        List<CompletableFuture<Void>> scans = new ArrayList<>();
        for (int n = 0; n < PROCESSES; n++) {
            scans.add(CompletableFuture.runAsync(this::scan, processes));
        }
        scans.forEach(CompletableFuture::join);
    }

    /** As fast as a worker could: a secret whose rotation has ended could begin once more, if anything let it. */
    private void endRotations(String prefix) {
        rows.change(
                "UPDATE rotation r SET state = 'Succeeded', ended_at = calendar_now(), ended_at_wall = clock_timestamp(),"
                        + " wake_clock = NULL, wake_at = NULL FROM secret s"
                        + " WHERE s.secret_id = r.secret_id AND starts_with(s.name, ?) AND r.ended_at IS NULL",
                prefix);
    }

    private boolean begins(String campaign, int place) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> beginnings.begin(UUID.fromString(campaign), place));
    }

    private void set(String campaign, String what) {
        rows.change("UPDATE campaign SET " + what + " WHERE campaign_id = CAST(? AS uuid)", campaign);
    }

    /** A scan of another process may be on its way to begin it when that becomes so. */
    @Test
    void nothingBeginsOfACampaignThatDoesNotRunNorOfALaterWaveNorASecondTime() throws Throwable {
        String prefix = campaigns.secrets(3, secrets::rdsSingle);
        String id = campaigns.create(
                campaigns.over(prefix).put("growth", 1).put("probeUrl", "https://health.example.com/"));
        // After one red answer, and before the next, the scans of this process leave it alone.
        set(id, "wave = 1, wave_begun_at = now(), reds = 1, probe_due_at = now() + interval '1 hour'");
        assertFalse(begins(id, 1), "it is paused");
        set(id, "state = 'Running'");
        assertFalse(begins(id, 2), "its wave has not begun");
        assertTrue(begins(id, 1));
        endRotations(prefix);
        assertFalse(begins(id, 1), "it has begun before");
        campaigns.order(id, "stop");
        set(id, "wave = 2");
        assertFalse(begins(id, 2), "it is stopped");
        assertEquals(1, campaigns.rotationsOf(prefix));
    }

    @Test
    void everySecretBeginsOnceAndNoWaveBeforeTheOneBeforeIsDone() throws Exception {
        String prefix = campaigns.secrets(SECRETS, secrets::rdsSingle);
        String id = campaigns.create(campaigns.over(prefix).put("canary", 2).put("growth", 2));
        ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
        try {
            campaigns.order(id, "resume");
            int wave = 0;
            for (int rounds = 0; !campaigns.show(id).path("state").asText().equals("Ended"); rounds++) {
                assertEquals(
                        0,
                        rows.count(
                                "SELECT count(*) FROM campaign_secret cs JOIN campaign c USING (campaign_id)"
                                        + " WHERE campaign_id = CAST(? AS uuid) AND cs.wave > c.wave"
                                        + " AND cs.rotation_id IS NOT NULL",
                                id),
                        "a secret began before its wave");
                int now = campaigns.show(id).path("wave").asInt();
                assertTrue(now - wave <= 1, "a wave was left out");
                wave = now;
                allScan(processes);
                endRotations(prefix);
                assertTrue(rounds < 200, "it goes on for ever");
            }
        } finally {
            processes.shutdownNow();
        }
        assertEquals(SECRETS, campaigns.rotationsOf(prefix));
        List<String> begun = campaigns.rotations(id);
        assertEquals(SECRETS, begun.size());
        assertEquals(SECRETS, new HashSet<>(begun).size());
    }
}
