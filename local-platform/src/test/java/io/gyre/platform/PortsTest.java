package io.gyre.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    /** Far from the default, so that a platform that someone runs is no obstacle. */
    private static final int BASE = 23_600;

    @TempDir
    Path folder;

    @Test
    void everyPortHasOneUse() {
        Ports ports = new Ports(BASE, 9);
        List<Integer> all = List.of(
                ports.api(),
                ports.apiOverTls(),
                ports.apiOps(),
                ports.apiOpsOverTls(),
                ports.workerOps(1),
                ports.workerOps(9),
                ports.simulator(),
                ports.simulatorOps(),
                ports.postgres(),
                ports.cloudPostgres(),
                ports.kafka(),
                ports.kafkaController(),
                ports.firstInstance());
        assertEquals(all.size(), all.stream().distinct().count());
    }

    @Test
    void aPortBaseOutOfRangeIsRefused() {
        assertThrows(PlatformException.class, () -> new PlatformPlan(folder, folder, 80, 1));
        assertThrows(PlatformException.class, () -> new PlatformPlan(folder, folder, 65_500, 1));
    }

    @Test
    void aPlatformHasOneToNineWorkers() {
        PlatformPlan plan = new PlatformPlan(folder, folder, BASE, 1);
        assertEquals(3, plan.withWorkers(3).workers());
        assertThrows(PlatformException.class, () -> plan.withWorkers(0));
        assertThrows(PlatformException.class, () -> plan.withWorkers(10));
    }

    @Test
    void aSpeedThatIsNoPositiveNumberIsRefused() {
        assertThrows(PlatformException.class, () -> new PlatformPlan(folder, folder, BASE, 0));
        assertThrows(PlatformException.class, () -> new PlatformPlan(folder, folder, BASE, Double.NaN));
    }
}
