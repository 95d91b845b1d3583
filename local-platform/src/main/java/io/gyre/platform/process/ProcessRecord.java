package io.gyre.platform.process;

import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildSpec.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as it is remembered on disk, in {@code run/<name>.pid}: enough to find it again after whoever started it
 * died, and to tell it from another process that got the same number since.
 *
 * @param name what people call the process
 * @param pid its number
 * @param begin when it began, as {@link ProcessBegin} says it; empty where that is not known
 * @param stop the signal that asks it to end
 */
public record ProcessRecord(String name, long pid, String begin, StopSignal stop) {
    /** The record of a process that runs now. */
    public static ProcessRecord of(String name, ProcessHandle process, StopSignal stop) {
        return new ProcessRecord(name, process.pid(), ProcessBegin.of(process).orElse(""), stop);
    }

    /** Remembers the process in the folder until {@link #forget}. */
    public void write(Path runFolder) {
        PrivateFile.write(file(runFolder, name), pid + " " + begin + " " + stop + "\n");
    }

    /** Forgets the process of this name; one that the folder does not remember is no failure. */
    public static void forget(Path runFolder, String name) {
        try {
            Files.deleteIfExists(file(runFolder, name));
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(file(runFolder, name), e);
        }
    }

    private static Path file(Path runFolder, String name) {
        return runFolder.resolve(name + ".pid");
    }

    /** @return every process that the folder remembers, running or not; a record that cannot be read is left out */
    public static List<ProcessRecord> in(Path runFolder) {
        if (!Files.isDirectory(runFolder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(runFolder)) {
            List<ProcessRecord> records = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".pid"))
                    .sorted()
                    .toList()) {
                read(file).ifPresent(records::add);
            }
            return records;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<ProcessRecord> read(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
        String[] words = Files.readString(file).strip().split(" ", -1);
        try {
            return Optional.of(
                    new ProcessRecord(name, Long.parseLong(words[0]), words[1], StopSignal.valueOf(words[2])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** @return the process, if it still runs and is the one that was recorded, not a later one with its number */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheRecordedOne);
    }

    private boolean isTheRecordedOne(ProcessHandle process) {
        return ProcessBegin.of(process).map(begin::equals).orElse(false);
    }
}
