package io.gyre.simulator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What may be set, as {@code gyre.simulator.*} or {@code GYRE_SIMULATOR_*}. */
@ConfigMapping(prefix = "gyre.simulator")
public interface SimulatorConfig {
    /** The address at which the API and every simulated instance listen. */
    @WithDefault("127.0.0.1")
    String host();

    /** The API's port; 0 for any free one. */
    @WithDefault("7620")
    int port();

    /** Simulated instances take the free ports from here upward. */
    @WithDefault("7700")
    int firstInstancePort();

    /** The server whose roles are the RDS accounts, by a superuser, and the database of the simulator's own state. */
    Database db();

    /** The id of the simulated account. */
    @WithDefault("1000000000000001")
    String account();

    /** The account's own key, which may do everything. */
    String accessKeyId();

    String accessKeySecret();

    /** How long a change of an RDS instance or account takes. */
    @WithDefault("PT3S")
    Duration rdsDelay();

    /** How long a command takes on an ECS instance. */
    @WithDefault("PT2S")
    Duration ecsDelay();

    /** How long it takes until a new AccessKey is known everywhere. */
    @WithDefault("PT1S")
    Duration ramDelay();

    Calendar calendar();

    /** A PostgreSQL database. */
    interface Database {
        @WithDefault("127.0.0.1")
        String host();

        int port();

        @WithDefault("cloud")
        String name();

        @WithDefault("cloud")
        String user();

        String password();
    }

    /** Where the dates come from. */
    interface Calendar {
        /** Gyre's database, whose calendar the simulator follows; without it, the wall clock. */
        Optional<CalendarDatabase> db();
    }

    /** As {@link Database}, but with no defaults: they would make it present where nobody has set it. */
    interface CalendarDatabase {
        String host();

        int port();

        String name();

        String user();

        String password();
    }
}
