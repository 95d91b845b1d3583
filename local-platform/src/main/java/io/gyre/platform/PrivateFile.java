package io.gyre.platform;

import io.gyre.secret.SecretText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Files and folders that only the person who runs the platform may read: modes 0600 and 0700 from their first byte. */
public final class PrivateFile {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** 24 bytes are 192 bits: as strong as what the password protects, and still one line to read. */
    private static final int PASSWORD_BYTES = 24;

    private PrivateFile() {}

    /**
     * Makes a folder and its parents, mode 0700; one that exists is kept as it is.
     *
     * @throws PlatformException if the folder cannot be made, with the reason
     */
    public static Path folder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /**
     * Writes the file whole or not at all (a new file beside it takes its name), mode 0600.
     *
     * @throws PlatformException if the file cannot be written, with the reason
     */
    public static void write(Path file, String text) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /**
     * Deletes a folder with all that is in it; one that does not exist is no failure. Symbolic links are not followed.
     *
     * @throws PlatformException if something in it cannot be deleted, with the reason
     */
    public static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new PlatformException("Cannot delete " + folder + ": " + reason(e) + ".", e);
        }
    }

    /**
     * The password that the file keeps; made at random, and written, if the file does not exist.
     *
     * @throws PlatformException if the file can be neither read nor written
     */
    public static SecretText password(Path file) {
        try {
            if (Files.exists(file)) {
                return SecretText.of(Files.readString(file).strip());
            }
        } catch (IOException e) {
            throw new PlatformException("Cannot read " + file + ": " + reason(e) + ".", e);
        }
        String made = randomText(PASSWORD_BYTES);
        write(file, made + "\n");
        return SecretText.of(made);
    }

    /** @return random text of letters, digits, '-' and '_', four characters for each three bytes */
    public static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** The sentence for a file or folder that could not be written: a full disk and a missing right say what to do. */
    public static PlatformException cannotWrite(Path path, IOException cause) {
        String reason = reason(cause);
        String ifFull = remedyIfFull(reason);
        String remedy = ifFull.isEmpty() ? " Choose a folder that you may write to with --home." : ifFull;
        return new PlatformException("Cannot write " + path + ": " + reason + "." + remedy, cause);
    }

    /** @return what to do if the reason is a full disk, beginning with a blank; nothing for another reason */
    public static String remedyIfFull(String reason) {
        return reason.contains("No space left") || reason.contains("quota")
                ? " Free some space there, or choose another folder with --home."
                : "";
    }

    /** The operating system's own words for an I/O failure, without the file name that the sentence already has. */
    static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return "something that is no folder stands in its way";
        }
        if (failure instanceof java.nio.file.AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
