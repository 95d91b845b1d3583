package io.gyre.examples;

import io.gyre.examples.ecs.InstanceStory;
import io.gyre.examples.ram.AccessKeyStory;
import io.gyre.examples.rds.DatabaseStory;
import java.time.Duration;
import java.util.function.Supplier;

/** Which of the examples is run, as it is named on the command line. */
enum Kind {
    /** A program that queries PostgreSQL. */
    RDS(DatabaseStory::new),
    /** A program that signs calls. As long as rotations by a policy, both AccessKeys work. */
    RAM(() -> new AccessKeyStory(Duration.ofHours(48))),
    /** Programs that log in over SSH. */
    ECS(InstanceStory::new);

    @SuppressWarnings("ImmutableEnumChecker") // Makes one anew each time.
    private final Supplier<Story> story;

    Kind(Supplier<Story> story) {
        this.story = story;
    }

    Story story() {
        return story.get();
    }
}
