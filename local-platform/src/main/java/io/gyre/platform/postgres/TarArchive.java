package io.gyre.platform.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a {@code .txz}: folders, files with their right to be executed, symbolic links. */
final class TarArchive {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private TarArchive() {}

    /** @param folder made here; what an interrupted call left in it is overwritten */
    static void unpack(InputStream archive, Path folder) throws IOException {
        TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("the archive's entry " + entry.getName() + " lies outside of it");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (!isForCompilersOnly(entry.getName())) {
                Files.createDirectories(target.resolveSibling(""));
                Files.deleteIfExists(target);
                unpack(entry, entries, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** A third of the archive. */
    private static boolean isForCompilersOnly(String name) {
        return name.endsWith(".a") || name.endsWith(".h");
    }
}
