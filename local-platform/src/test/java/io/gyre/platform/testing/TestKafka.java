package io.gyre.platform.testing;

/** The Kafka broker of this JVM's tests, with Gyre's topics: started at the first call, stopped when the JVM ends. */
public final class TestKafka {

    private TestKafka() {}

    /** Where clients connect. */
    public static String bootstrapServers() {
        return OncePerJvm.value(
                "gyre.test.kafka", () -> Docker.answers() ? Docker.startKafka() : EmbeddedServers.startKafka());
    }
}
