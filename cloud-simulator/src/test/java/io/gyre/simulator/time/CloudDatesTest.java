package io.gyre.simulator.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.TestPostgres;
import io.gyre.simulator.config.SimulatorConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudDatesTest {
    private static SimulatorConfig config(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("gyre.simulator.access-key-id", "id");
        values.put("gyre.simulator.access-key-secret", "secret");
        values.put("gyre.simulator.db.port", "1");
        values.put("gyre.simulator.db.password", "unused");
        return new SmallRyeConfigBuilder()
                .withMapping(SimulatorConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SimulatorConfig.class);
    }

    private static Map<String, String> calendarIn(TestPostgres.Database database) {
        return Map.of(
                "gyre.simulator.calendar.db.host", database.host(),
                "gyre.simulator.calendar.db.port", Integer.toString(database.port()),
                "gyre.simulator.calendar.db.name", database.name(),
                "gyre.simulator.calendar.db.user", database.user(),
                "gyre.simulator.calendar.db.password", database.password().reveal());
    }

    private static void execute(TestPostgres.Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean isNow(Instant date, Instant before) {
        return !date.isBefore(before.minusSeconds(1)) && !date.isAfter(Instant.now());
    }

    @Test
    void withoutACalendarTheWallClockIsShown() {
        SimulatorConfig config = config(Map.of());
        assertFalse(config.calendar().db().isPresent());
        Instant before = Instant.now();

        Instant date = new CloudDates(config).instant();

        assertTrue(isNow(date, before));
        assertEquals(date.truncatedTo(ChronoUnit.SECONDS), date);
    }

    @Test
    void aCalendarIsFollowedOnceItIsThere() throws SQLException {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        CloudDates dates = new CloudDates(config(calendarIn(database)));
        Instant before = Instant.now();
        assertTrue(isNow(dates.instant(), before), "the wall clock, until then");

        execute(database, """
                CREATE TABLE calendar (id smallint PRIMARY KEY, wall_origin timestamptz, calendar_origin timestamptz,
                                       speed double precision);
                INSERT INTO calendar VALUES (1, clock_timestamp(), '2030-01-01T00:00:00Z', 1)""");
        assertTrue(Duration.between(Instant.parse("2030-01-01T00:00:00Z"), dates.instant())
                        .toHours()
                < 1);

        execute(database, "UPDATE calendar SET calendar_origin = '2040-01-01T00:00:00Z'");
        assertTrue(dates.instant().isAfter(Instant.parse("2039-12-31T23:59:59Z")));
        execute(database, "DROP TABLE calendar");
        assertTrue(dates.instant().isAfter(Instant.parse("2039-12-31T23:59:59Z")), "the one read last goes on");
        dates.close();
    }
}
