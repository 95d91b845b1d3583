package io.gyre.platform;

import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.ProcessRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One platform at a time on one home. The operating system frees the lock when its holder dies, however it dies. */
public final class HomeLock implements AutoCloseable {

    private static final String HOLDER = "holder";

    private final Home home;
    private final FileChannel channel;

    private HomeLock(Home home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the lock and remembers this process as its holder.
     *
     * @throws PlatformException if another process holds it, naming that process
     */
    public static HomeLock take(Home home) {
        Path file = PrivateFile.folder(home.folder()).resolve("lock");
        FileChannel channel = open(file);
        try {
            if (tryLock(channel) == null) {
                channel.close();
                throw taken(home, holder(home));
            }
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(file, e);
        }
        ProcessRecord.of(HOLDER, ProcessHandle.current(), StopSignal.TERM).write(home.folder());
        return new HomeLock(home, channel);
    }

    /** @throws PlatformException if a process holds the lock now, naming that process */
    public static void requireFree(Home home) {
        Optional<ProcessHandle> holder = holder(home);
        if (holder.isPresent()) {
            throw taken(home, holder);
        }
    }

    private static PlatformException taken(Home home, Optional<ProcessHandle> holder) {
        String who = holder.map(process -> "Process " + process.pid()).orElse("Another process");
        return new PlatformException(who + " already runs the platform in " + home.folder()
                + ": stop it with ./gyre down, or choose another folder with --home.");
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process holds it: Java reports that in another way.
            return null;
        }
    }

    /** @return the process that runs the platform of this home, if one does */
    public static Optional<ProcessHandle> holder(Home home) {
        return ProcessRecord.in(home.folder()).stream()
                .filter(record -> record.name().equals(HOLDER))
                .findFirst()
                .flatMap(ProcessRecord::running);
    }

    @Override
    public void close() {
        try {
            ProcessRecord.forget(home.folder(), HOLDER);
            channel.close();
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(home.folder(), e);
        }
    }
}
