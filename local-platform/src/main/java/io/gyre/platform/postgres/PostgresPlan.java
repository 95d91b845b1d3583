package io.gyre.platform.postgres;

import java.nio.file.Path;

/**
 * One PostgreSQL server.
 *
 * @param name what people call its process
 * @param data its data folder; made if it does not exist, kept if it does
 * @param log gets the server's log
 * @param port on the loopback address
 * @param superuser the role that may do everything
 * @param passwordFile holds the superuser's password; written at random if it does not exist
 * @param maxConnections how many sessions it takes at once; each costs about 2 MiB
 * @param tier see {@link io.gyre.platform.process.ChildSpec}
 * @param bufferMebibytes how much of its tables it keeps in memory of its own
 */
public record PostgresPlan(
        String name,
        Path data,
        Path log,
        int port,
        String superuser,
        Path passwordFile,
        int maxConnections,
        int tier,
        int bufferMebibytes) {

    /** Beside six JVMs, and for tables of some thousand rows. */
    private static final int FRUGAL = 24;

    /** PostgreSQL's own default. */
    private static final int USUAL = 128;

    /** With little memory of its own. */
    public PostgresPlan(
            String name,
            Path data,
            Path log,
            int port,
            String superuser,
            Path passwordFile,
            int maxConnections,
            int tier) {
        this(name, data, log, port, superuser, passwordFile, maxConnections, tier, FRUGAL);
    }

    /** The same with as much memory as PostgreSQL takes unless it is told otherwise. */
    public PostgresPlan withUsualBuffers() {
        return new PostgresPlan(name, data, log, port, superuser, passwordFile, maxConnections, tier, USUAL);
    }
}
