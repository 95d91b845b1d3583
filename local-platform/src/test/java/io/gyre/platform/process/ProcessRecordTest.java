package io.gyre.platform.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.process.ChildSpec.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    private static final ProcessHandle OWN = ProcessHandle.current();

    @TempDir
    Path folder;

    @Test
    void aProcessIsFoundAgainByWhatIsOnDisk() {
        ProcessRecord record = ProcessRecord.of("own", OWN, StopSignal.TERM);
        record.write(folder);

        assertEquals(List.of(record), ProcessRecord.in(folder));
        assertEquals(Optional.of(OWN), ProcessRecord.in(folder).get(0).running());
    }

    @Test
    void anotherProcessWithItsNumberIsNotTakenForIt() {
        ProcessRecord own = ProcessRecord.of("own", OWN, StopSignal.TERM);

        assertEquals(
                Optional.empty(), new ProcessRecord("own", own.pid(), own.begin() + "0", StopSignal.TERM).running());
    }

    /** What the JDK tells of a start is reckoned from the wall clock, and is another instant once that clock was set. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whenItBeganDoesNotDependOnTheWallClock() {
        assertTrue(
                ProcessBegin.of(OWN).orElseThrow().matches("[0-9a-f-]{36}:\\d+"),
                ProcessBegin.of(OWN).toString());
    }
}
