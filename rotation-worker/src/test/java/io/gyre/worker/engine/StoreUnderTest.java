package io.gyre.worker.engine;

import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A store with what a test needs besides its port: to put rotations there, to let time pass, and to look. */
public interface StoreUnderTest extends AutoCloseable {
    /** A worker's store. */
    RotationStore store(String worker, Duration lease, int perTarget);

    /**
     * A rotation of a new RDS secret as the API leaves it: due at once. Its accounts are app_a (version v-a, ACSCurrent)
     * and app_b (version v-b, ACSPrevious).
     */
    UUID rotation(Trigger trigger, String targetKey);

    /** As if the worker that holds the lease had died long ago. */
    void leaseRunsOut(UUID rotation);

    void calendarMoves(Duration by);

    /** As the API writes it. */
    void order(UUID rotation, Order order, String by);

    Seen look(UUID rotation);

    @Override
    void close();

    /**
     * What there is of a rotation and its secret.
     *
     * @param timeline a text for each entry that a worker wrote: its number, phase, note and worker
     * @param events a text for each event of a worker: its type, phase and note
     * @param stages by label; the candidate's version is called "new"
     * @param pending whether a version is hidden, by its name
     * @param orphans what is listed and not removed
     */
    record Seen(
            String phase,
            String state,
            List<String> timeline,
            List<String> events,
            Map<String, String> stages,
            Map<String, Boolean> pending,
            String rotationStatus,
            Set<String> orphans) {}
}
