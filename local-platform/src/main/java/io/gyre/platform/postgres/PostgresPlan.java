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
 */
public record PostgresPlan(
        String name,
        Path data,
        Path log,
        int port,
        String superuser,
        Path passwordFile,
        int maxConnections,
        int tier) {}
