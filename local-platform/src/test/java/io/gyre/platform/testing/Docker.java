package io.gyre.platform.testing;

import io.gyre.event.Topics;
import io.gyre.platform.kafka.TopicDeclaration;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.secret.SecretText;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers in containers, which end with the JVM. */
final class Docker {

    /** The releases that the local platform embeds. */
    private static final String POSTGRES_IMAGE = "postgres:18";

    private static final String KAFKA_IMAGE = "apache/kafka:4.1.2";

    private Docker() {}

    /** Whether containers can be run; quiet about it where they cannot, since that is no fault. */
    static boolean answers() {
        return Boolean.parseBoolean(OncePerJvm.value("gyre.test.docker", () -> Boolean.toString(asked())));
    }

    private static boolean asked() {
        Logger search = Logger.getLogger("org.testcontainers");
        Level before = search.getLevel();
        search.setLevel(Level.OFF);
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (NoClassDefFoundError e) {
            // A module that left Testcontainers out of its test dependencies gets the embedded servers.
            return false;
        } finally {
            search.setLevel(before);
        }
    }

    static PostgresSuperuser startPostgres() {
        PostgreSQLContainer container = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withEnv("POSTGRES_INITDB_ARGS", "--auth=scram-sha-256")
                .withUsername("platform")
                .withDatabaseName("postgres");
        container.start();
        return new PostgresSuperuser(
                container.getHost(),
                container.getFirstMappedPort(),
                container.getUsername(),
                SecretText.of(container.getPassword()));
    }

    static String startKafka() {
        KafkaContainer container = new KafkaContainer(KAFKA_IMAGE);
        container.start();
        TopicDeclaration.declare(container.getBootstrapServers(), Topics.all(), Duration.ofSeconds(30));
        return container.getBootstrapServers();
    }
}
