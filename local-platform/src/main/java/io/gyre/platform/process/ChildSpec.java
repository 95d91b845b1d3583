package io.gyre.platform.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What it takes to start one operating-system process, and to end it.
 *
 * @param name what people call it, for example {@code worker-1}; also the name of its log and its record
 * @param command program and arguments; holds no secret, since every user of the machine can list it
 * @param environment variables of its own, beside the inherited ones; hold no secret either
 * @param folder its working folder
 * @param log the file that gets its standard output and its standard error, appended
 * @param stop the signal that asks it to end
 * @param grace how long it may take to end before it is killed
 * @param tier processes of one tier are stopped together, the highest tier first
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        StopSignal stop,
        Duration grace,
        int tier) {

    /** How a process is asked to end. */
    public enum StopSignal {
        /** What PostgreSQL calls a fast shutdown: sessions are ended, data is written. */
        INT,
        /** What a JVM's shutdown hooks wait for. */
        TERM
    }
}
