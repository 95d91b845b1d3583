package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
    private static final String PREVIEW = "GET schedule/secret/preview?interval=7d&secretName=db%2Forders";
    private static final String SHOW = "GET schedule/secret?secretName=db%2Forders";

    @TempDir
    private Path folder;

    private AnsweringServer gyre;

    @BeforeEach
    void serve() throws IOException {
        gyre = new AnsweringServer(folder);
        gyre.answers(PREVIEW, "{\"atOnce\":false}");
        gyre.answers("UpdateSecretRotationPolicy", "{\"SecretName\":\"db/orders\"}");
        gyre.answers(
                SHOW,
                "{\"secretName\":\"db/orders\",\"rotationStatus\":\"Enabled\",\"intervalSeconds\":604800,\"coming\":[],"
                        + "\"notes\":[]}");
    }

    @AfterEach
    void stop() {
        gyre.close();
    }

    @Test
    void aPolicyIsSetAndItsDatesAreShown() {
        assertEquals(0, gyre.gyreWithKms("schedule", "policy", "set", "db/orders", "--interval=7d"), gyre.errors());
        assertTrue(gyre.output().startsWith("db/orders   automatic rotation Enabled, every 7d\n"));
        assertEquals(
                List.of(
                        PREVIEW,
                        "UpdateSecretRotationPolicy EnableAutomaticRotation=true&RotationInterval=7d&SecretName=db%2Forders",
                        SHOW),
                gyre.requests());
    }

    @Test
    void aPolicyIsTakenAway() {
        assertEquals(0, gyre.gyreWithKms("schedule", "policy", "clear", "db/orders"), gyre.errors());
        assertEquals(
                "UpdateSecretRotationPolicy EnableAutomaticRotation=false&SecretName=db%2Forders",
                gyre.requests().get(0));
    }

    @Test
    void noSecretIsRotatedAtOnceUnlessThatIsSaid() {
        gyre.answers(PREVIEW, "{\"atOnce\":true}");
        assertEquals(1, gyre.gyreWithKms("schedule", "policy", "set", "db/orders", "--interval=7d"));
        assertEquals(
                "gyre: With an interval of 7d, db/orders would be rotated at once, and nothing was set: say --at-once if"
                        + " that is meant.\n",
                gyre.errors());
        assertEquals(List.of(PREVIEW), gyre.requests());
        assertEquals(0, gyre.gyreWithKms("schedule", "policy", "set", "db/orders", "--interval=7d", "--at-once"));
        assertEquals(2, gyre.gyreWithKms("schedule", "policy", "set", "db/orders"), "every how long?");
    }
}
