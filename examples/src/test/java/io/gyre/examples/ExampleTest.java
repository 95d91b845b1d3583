package io.gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.examples.ecs.InstanceStory;
import io.gyre.examples.first.CreateSecret;
import io.gyre.examples.first.ReadSecret;
import io.gyre.examples.ram.AccessKeyStory;
import io.gyre.examples.rds.DatabaseStory;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The programs against every process of one platform, where 48 hours of the calendar pass in 24 seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleTest {
    private static final int CREDENTIALS = 4;
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private TestPlatform running;
    private Place place;

    @BeforeAll
    void start(@TempDir Path folder) {
        running = TestPlatform.start(folder, 2);
        place = Place.of(running.platform().facts());
    }

    @AfterAll
    void end() {
        if (running != null) {
            running.platform().close();
        }
    }

    /** All at one time, as the programs of a company are. */
    @Test
    void nothingFailsWhileTheCredentialsAreRotated() {
        List<Lane> lanes = used(new DatabaseStory(), new AccessKeyStory(Duration.ofHours(12)), new InstanceStory());
        for (Lane lane : lanes) {
            Tally.Sum sum = lane.tally().sum();
            assertEquals(0, sum.failed(), sum::toString);
            assertTrue(sum.answered() > sum.credentials(), sum::toString);
        }
        assertEquals(0, lanes.get(0).tally().sum().reread(), "the account that was current works on");
        assertEquals(0, lanes.get(1).tally().sum().reread(), "the former AccessKey works on for the overlap");
        Tally.Sum byKey = lanes.get(2).tally().sum();
        assertTrue(byKey.mostReads() <= 1, () -> "the key that is current works whenever it is read: " + byKey);

        // A later run finds what this one has made, and goes on with it.
        for (Lane lane : used(new DatabaseStory())) {
            assertEquals(0, lane.tally().sum().failed(), lane.tally().sum()::toString);
        }
    }

    /** The two programs of docs/quick-start.md. */
    @Test
    void aSecretOfOnesOwnIsReadWhileItIsRotated() throws Exception {
        CreateSecret.create(place, "my/first");
        List<String> said = new ArrayList<>();
        ReadSecret.read(place, "my/first", 2, line -> {
            said.add(line);
            assertTrue(said.size() > 1 || new Kms(place).rotate("my/first", Map.of()));
        });
        assertEquals("Version v1 is current: log in as app_a with its password.", said.get(0));
        assertTrue(said.get(1).endsWith(" is current: log in as app_b with its password."), said.get(1));
    }

    private List<Lane> used(Story... stories) {
        List<Example> examples = new ArrayList<>();
        try {
            for (Story story : stories) {
                examples.add(Example.start(place, story, EVERY));
            }
            assertTrue(
                    Poll.until(PATIENCE, () -> examples.stream()
                            .allMatch(example -> example.hasUsed(CREDENTIALS) || example.failed() > 0)),
                    () -> lanes(examples).toString());
        } finally {
            examples.forEach(Example::close);
        }
        return lanes(examples);
    }

    private static List<Lane> lanes(List<Example> examples) {
        return examples.stream().flatMap(example -> example.lanes().stream()).toList();
    }
}
