package io.gyre.envelope;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file with a secret of the operator's, which its owner alone may read. */
final class OwnersFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private OwnersFile() {}

    /**
     * All of it.
     *
     * @param what it is, for the refusal
     * @param remedy what to do where it cannot be read
     * @throws EnvelopeException if it is missing, or may be read or written by others
     */
    static String read(Path file, String what, String remedy) {
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                throw new EnvelopeException(
                        what + " " + file + " may be read or written by others than its owner: run chmod 600 on it.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new EnvelopeException(what + " " + file + " cannot be read: " + remedy, e);
        }
    }
}
