package io.gyre.platform.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * When a process began, in a word that stays the same for as long as it runs. On Linux that is the boot and the kernel's ticks since
 * then: the wall clock's time of a start is reckoned from the boot's, which moves as the clock is set. Elsewhere it is that time.
 */
final class ProcessBegin {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = PROCESSES.resolve("sys/kernel/random/boot_id");

    /** Of the fields of {@code /proc/PID/stat} behind the program's name, which may have spaces; proc(5) calls it the 22nd. */
    private static final int START_TIME = 19;

    private ProcessBegin() {}

    /** Empty where the operating system does not tell, or the process has ended. */
    static Optional<String> of(ProcessHandle process) {
        return Files.isReadable(BOOT)
                ? ticks(process)
                : process.info().startInstant().map(instant -> Long.toString(instant.toEpochMilli()));
    }

    private static Optional<String> ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
            return Optional.of(Files.readString(BOOT).strip() + ":" + fields.get(START_TIME));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
