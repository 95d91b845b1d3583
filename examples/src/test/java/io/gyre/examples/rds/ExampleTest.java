package io.gyre.examples.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program against every process of a platform. */
class ExampleTest {
    private static final int PASSWORDS = 5;
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    @Test
    void noQueryFailsWhileThePasswordIsRotated() {
        TestPlatform running = TestPlatform.start(folder, 2);
        try {
            Place place = Place.of(running.platform().facts());
            Tally.Sum first = used(place);
            assertEquals(0, first.failed(), first.firstFailure());
            assertNull(first.firstFailure());
            assertTrue(first.answered() > first.passwords(), first.toString());
            // A later run finds the instance and the secret that this one has made, and goes on with them.
            Tally.Sum second = used(place);
            assertEquals(0, second.failed(), second.firstFailure());
        } finally {
            running.platform().close();
        }
    }

    private static Tally.Sum used(Place place) {
        Example example = Example.start(place, "example/orders", EVERY);
        try {
            assertTrue(
                    Poll.until(
                            PATIENCE,
                            () -> example.tally().sum().passwords() >= PASSWORDS
                                    || example.tally().sum().failed() > 0),
                    () -> example.tally().sum().toString());
        } finally {
            example.close();
        }
        return example.tally().sum();
    }
}
