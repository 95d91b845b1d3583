package io.gyre.api.access;

import io.gyre.secret.SecretText;
import io.gyre.start.StartRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** A file with one AccessKey, readable by its owner alone; there whole or not at all. */
record KeyFile(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** @throws StartRefusal where the file cannot be written */
    void write(String accessKeyId, SecretText secret) {
        Path target = path.toAbsolutePath();
        Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel = FileChannel.open(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer content =
                        ByteBuffer.wrap(("AccessKeyId=" + accessKeyId + "\nAccessKeySecret=" + secret.reveal() + "\n")
                                .getBytes(StandardCharsets.UTF_8));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e, draft);
        }
    }

    private StartRefusal unwritable(IOException cause, Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new StartRefusal(
                "The administrator's AccessKey cannot be written to " + path + ": name a file in a folder that exists"
                        + " and is writable with GYRE_ADMINISTRATOR_KEY_FILE.",
                cause);
    }
}
