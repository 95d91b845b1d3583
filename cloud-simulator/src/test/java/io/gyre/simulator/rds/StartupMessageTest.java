package io.gyre.simulator.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupMessageTest {
    private static final int VERSION_3 = 196_608;

    private static Buffer message(String body) {
        return Buffer.buffer().appendInt(8 + body.length()).appendInt(VERSION_3).appendString(body);
    }

    @Test
    void userAndDatabaseAreReplacedAndTheRestIsKept() {
        StartupMessage read =
                StartupMessage.parse(message("user\0app\0database\0postgres\0application_name\0psql\0\0"));
        assertEquals(Map.of("user", "app", "database", "postgres", "application_name", "psql"), read.parameters());

        Buffer rewritten = read.rewritten("rm-1/app", "rm-1");

        assertEquals(rewritten.length(), rewritten.getInt(0));
        assertEquals(
                new StartupMessage(
                        VERSION_3, Map.of("user", "rm-1/app", "database", "rm-1", "application_name", "psql")),
                StartupMessage.parse(rewritten));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user\0", "user\0app", "user\0app\0", "user\0app\0\0more"})
    void whatDoesNotEndAsItShouldIsRefused(String body) {
        assertThrows(IllegalArgumentException.class, () -> StartupMessage.parse(message(body)));
    }
}
