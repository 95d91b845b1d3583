package io.gyre.platform.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of a JVM that shares a small machine with six others: a bounded heap, the collector with the least
 * overhead, and unless somebody measures it only the compiler that is ready soonest.
 */
public final class JavaCommand {

    /** What turns bytecode into machine code. */
    public enum Compiler {
        /** The first of the two alone: little memory, and at its speed after seconds. */
        READY_SOONEST("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=48m"),

        /** Both, as a server has them; the second one also knows the processor's instructions for AES and SHA. */
        OPTIMISING("-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=160m");

        private final List<String> options;

        Compiler(String... options) {
            this.options = List.of(options);
        }
    }

    private JavaCommand() {}

    /**
     * A main class on this JVM's own class path.
     *
     * @param heapMebibytes the most the heap may grow to
     */
    public static List<String> ofClass(String mainClass, int heapMebibytes, String... arguments) {
        List<String> command = start(heapMebibytes, Compiler.READY_SOONEST);
        command.add("-cp");
        command.add(ownClassPath());
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * A jar that knows its own class path.
     *
     * @param heapMebibytes the most the heap may grow to
     */
    public static List<String> ofJar(Path jar, int heapMebibytes, Compiler compiler) {
        List<String> command = start(heapMebibytes, compiler);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** Absolute: the process works in another folder than this JVM. */
    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> start(int heapMebibytes, Compiler compiler) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                // A process without memory would answer some and fail others: it ends instead, and says so.
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dfile.encoding=UTF-8"));
        command.addAll(compiler.options);
        return command;
    }
}
