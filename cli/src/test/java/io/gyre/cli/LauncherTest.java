package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./gyre} on machines that lack something: a copy of it where nothing is built, with a PATH of its own. */
class LauncherTest {

    /** What the script uses of every Unix. */
    private static final List<String> TOOLS =
            List.of("cat", "date", "dirname", "find", "grep", "head", "mkdir", "mv", "readlink", "sed", "touch", "tr");

    private static final String INSTALL_JAVA =
            "install a JDK 17 or newer and set JAVA_HOME to it, or put its bin folder on the PATH.\n";

    private static final String INSTALL_MAVEN = "install Maven 3.8 or newer and put its bin folder on the PATH.\n";

    @TempDir
    private Path folder;

    private Path bin;

    private record Outcome(int status, String errors) {}

    @BeforeEach
    void aMachineWithoutJava() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            program(tool, "exec " + onThePath(tool) + " \"$@\"");
        }
        Files.copy(Path.of("..", "gyre"), folder.resolve("gyre"));
    }

    @Test
    void noJavaIsOneSentence() throws Exception {
        assertEquals(
                new Outcome(1, "gyre: There is no Java on the PATH, and JAVA_HOME is not set: " + INSTALL_JAVA),
                run(Map.of()));
    }

    @Test
    void aWrongJavaHomeIsNamed() throws Exception {
        assertEquals(
                new Outcome(1, "gyre: JAVA_HOME is " + folder + ", where there is no bin/java: " + INSTALL_JAVA),
                run(Map.of("JAVA_HOME", folder.toString())));
    }

    @Test
    void anOldJavaIsNamedWithItsVersion() throws Exception {
        for (String version : List.of("1.8.0_402", "11.0.24")) {
            program("java", "echo 'openjdk version \"" + version + "\" 2024-07-16' >&2");
            assertEquals(
                    new Outcome(1, "gyre: " + bin.resolve("java") + " is Java " + version + ": " + INSTALL_JAVA),
                    run(Map.of()));
        }
    }

    @Test
    void aJavaThatDoesNotRunIsNamed() throws Exception {
        program("java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1");
        assertEquals(
                new Outcome(1, "gyre: " + bin.resolve("java") + " does not tell its version: " + INSTALL_JAVA),
                run(Map.of()));
    }

    @Test
    void aJreIsNotEnoughToBuild() throws Exception {
        program("java", "echo 'openjdk version \"17\" 2021-09-14' >&2");
        assertEquals(
                new Outcome(
                        1,
                        "gyre: Gyre has to be built, and " + bin.resolve("java")
                                + " belongs to a JRE, which has no compiler: " + INSTALL_JAVA),
                run(Map.of()));
    }

    @Test
    void noMavenIsOneSentence() throws Exception {
        program("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
        program("javac", "exit 0");
        assertEquals(
                new Outcome(1, "gyre: Gyre has to be built, and there is no Maven (mvn) on the PATH: " + INSTALL_MAVEN),
                run(Map.of()));
    }

    @Test
    void anOldMavenIsNamedWithItsVersion() throws Exception {
        program("java", "echo 'openjdk version \"25-ea\" 2025-09-16' >&2");
        program("javac", "exit 0");
        program("mvn", "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");
        assertEquals(new Outcome(1, "gyre: mvn is Maven 3.6.3: " + INSTALL_MAVEN), run(Map.of()));
    }

    @Test
    void aFailedBuildShowsItsFirstErrors() throws Exception {
        program("java", "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2");
        program("javac", "exit 0");
        program(
                "mvn",
                "[ \"$1\" = -version ] && echo 'Apache Maven 3.9.9' && exit 0; echo '[ERROR] there is no disk'; exit 1");
        Path log = folder.resolve(".gyre").resolve("build.log");
        assertEquals(
                new Outcome(
                        1,
                        "Building Gyre, the first time with what it depends on (log: " + log
                                + ").\n[ERROR] there is no disk\ngyre: The build failed; the whole of it is in " + log
                                + ".\n"),
                run(Map.of()));
    }

    /** A shell may read it as a script: {@code source <(./gyre completion bash)}. */
    @Test
    void whatIsBuiltIsNotToldAmongWhatTheCommandWrites() throws Exception {
        built();
        Files.delete(folder.resolve(".gyre").resolve("built"));
        program("mvn", "echo 'Apache Maven 3.9.9'; echo '[INFO] Building Gyre: command 1.0.0 [1/1]'");
        assertEquals(1, written("completion", "bash").lines().count());
    }

    @Test
    void theCommandIsToldWhetherItWritesToATerminal() throws Exception {
        built();
        PtyProcess session = new PtyProcessBuilder(new String[] {
                    onThePath("sh").toString(), folder.resolve("gyre").toString(), "rotations", "--watch"
                })
                .setEnvironment(Map.of("PATH", bin.toString(), "TERM", "xterm"))
                .start();
        String shown = new String(session.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(shown.contains(" -Dgyre.terminal=true "), shown);
        assertTrue(shown.contains("cli-1.jar rotations --watch"), shown);
        assertTrue(written("rotations").contains(" -Dgyre.terminal=false "));
    }

    @Test
    void theExampleIsAProgramOfItsOwn() throws Exception {
        built();
        assertTrue(written("example", "--every", "3").contains("examples-1.jar --every 3"));
    }

    @Test
    void nothingIsMeasuredThatIsOlderThanTheSources() throws Exception {
        built();
        sourcesChange();
        platformRuns(ProcessHandle.current().pid());
        assertEquals(
                new Outcome(
                        1,
                        "gyre: The benchmarks have to be built, and a platform runs out of what is built here: end it with"
                                + " ./gyre down, then measure.\n"),
                run(Map.of(), "bench"));
        program("mvn", "echo 'Apache Maven 3.9.9'; exit 1");
        platformRuns(ended());
        Outcome built = run(Map.of(), "bench");
        assertTrue(built.errors().contains("The build failed"), built.errors());
    }

    @Test
    void whatIsAsNewAsTheSourcesIsMeasuredBesideAPlatformToo() throws Exception {
        built();
        platformRuns(ProcessHandle.current().pid());
        assertTrue(written("bench", "reads").contains("benchmarks-1.jar reads"));
    }

    @Test
    void theExampleSaysThatItIsOlderThanTheSources() throws Exception {
        built();
        sourcesChange();
        platformRuns(ProcessHandle.current().pid());
        assertEquals(
                new Outcome(
                        0,
                        "gyre: The sources are newer than what is built and runs here: ./gyre down, and ./gyre up builds it"
                                + " anew.\n"),
                run(Map.of(), "example"));
    }

    private void sourcesChange() throws IOException {
        Path source = Files.createFile(
                Files.createDirectories(folder.resolve("common/src/main")).resolve("Changed.java"));
        FileTime built = Files.getLastModifiedTime(folder.resolve(".gyre").resolve("built"));
        Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plusSeconds(5)));
    }

    private void platformRuns(long pid) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(".gyre/demo")).resolve("holder.pid"), pid + " 1\n");
    }

    /** The id of a process that there was. */
    private static long ended() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(onThePath("true").toString()).start();
        process.waitFor();
        return process.pid();
    }

    /** A checkout in which there is everything, and a Java that says how it was started. */
    private void built() throws IOException {
        program("java", "[ \"$1\" = -version ] && echo 'openjdk version \"17.0.1\"' >&2 && exit 0; echo \"$@\"");
        program("javac", "exit 0");
        for (String module : List.of("cli", "examples", "benchmarks")) {
            Path output = Files.createDirectories(folder.resolve(module).resolve("target/quick"));
            Files.createFile(output.resolve(module + "-1.jar"));
        }
        for (String service : List.of("cloud-simulator", "api-service", "rotation-worker")) {
            Path output = Files.createDirectories(folder.resolve(service).resolve("target/quick/quarkus-app"));
            Files.createFile(output.resolve("quarkus-run.jar"));
        }
        Files.createFile(Files.createDirectories(folder.resolve(".gyre")).resolve("built"));
    }

    private String written(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(onThePath("sh").toString(), folder.resolve("gyre").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void program(String name, String script) throws IOException {
        Path file = bin.resolve(name);
        Files.writeString(file, "#!" + onThePath("sh") + "\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Outcome run(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, "status");
    }

    private Outcome run(Map<String, String> environment, String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                onThePath("sh").toString(), folder.resolve("gyre").toString(), command);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), errors);
    }

    private static Path onThePath(String program) {
        for (String each : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(each, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(program + " is not on the PATH");
    }
}
