package io.gyre.platform.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.event.Topics;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TestServersTest {

    @Test
    void everyDatabaseIsEmptyAndItsOwnersAlone() throws Exception {
        TestPostgres.Database first = TestPostgres.freshDatabase();
        TestPostgres.Database second = TestPostgres.freshDatabase();
        assertNotEquals(first.name(), second.name());
        try (Connection connection = login(first, first.password().reveal())) {
            connection.createStatement().execute("CREATE TABLE mine (id int)");
        }
        try (Connection connection = login(second, second.password().reveal())) {
            assertThrows(SQLException.class, () -> connection.createStatement().execute("SELECT * FROM mine"));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        SQLException refusal = assertThrows(SQLException.class, () -> login(database, "wrong"));
        assertEquals("28P01", refusal.getSQLState());
    }

    @Test
    void whatIsAcknowledgedIsOnDisk() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (Connection connection = login(database, database.password().reveal());
                Statement statement = connection.createStatement()) {
            assertEquals("on", show(statement, "synchronous_commit"));
            assertEquals("on", show(statement, "fsync"));
        }
    }

    @Test
    void aSuperuserMayMakeRoles() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase(Privileges.SUPERUSER);
        try (Connection connection = login(database, database.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE made_by_" + database.name());
            assertTrue(statement
                    .executeQuery("SELECT 1 FROM pg_roles WHERE rolname = 'made_by_" + database.name() + "'")
                    .next());
        }
    }

    @Test
    void theBrokerHasEveryTopicAsItIsDeclared() throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", TestKafka.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            for (Topics.Declaration topic : Topics.all()) {
                TopicDescription description = admin.describeTopics(Set.of(topic.name()))
                        .allTopicNames()
                        .get(20, TimeUnit.SECONDS)
                        .get(topic.name());
                assertEquals(topic.partitions(), description.partitions().size());
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                String kept = admin.describeConfigs(Set.of(resource))
                        .all()
                        .get(20, TimeUnit.SECONDS)
                        .get(resource)
                        .get("retention.ms")
                        .value();
                assertEquals(Long.toString(topic.retention().toMillis()), kept);
            }
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet result = statement.executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection login(TestPostgres.Database database, String password) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), password);
    }
}
