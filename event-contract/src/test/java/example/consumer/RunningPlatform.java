package example.consumer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code gyre demo} as a process: it starts all the others, rotates four secrets, and stays up until it is ended. */
final class RunningPlatform implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    /** It says so last. */
    private static final String UP = "Ctrl-C stops every process.";

    private final Process process;
    private final int portBase;
    private final Path home;

    private RunningPlatform(Process process, int portBase, Path home) {
        this.process = process;
        this.portBase = portBase;
        this.home = home;
    }

    /** Once its rotations have ended, at ports that were free. */
    static RunningPlatform start(Path folder) throws IOException, InterruptedException {
        Random random = new Random();
        for (int attempt = 1; ; attempt++) {
            int portBase = 20_000 + 200 * random.nextInt(60);
            Path home = folder.resolve("home-" + attempt);
            Process process = command("demo", "--home", home.toString(), "--port-base", Integer.toString(portBase))
                    .start();
            RunningPlatform platform = new RunningPlatform(process, portBase, home);
            List<String> said = platform.untilUp();
            if (said.get(said.size() - 1).contains(UP)) {
                return platform;
            }
            platform.close();
            String all = String.join("\n", said);
            if (attempt == ATTEMPTS || !all.contains("is taken")) {
                throw new IllegalStateException("The platform did not start:\n" + all);
            }
        }
    }

    /** An order stands that no worker has taken within 3 s: it takes it later. */
    private static final int NOT_TAKEN_YET = 5;

    /** {@code gyre} with these arguments, about this platform; @return what it said, once it has ended well */
    String gyre(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--home", home.toString()));
        Process command = command(line.toArray(String[]::new)).start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = command.waitFor();
        if (status != 0 && status != NOT_TAKEN_YET) {
            throw new IllegalStateException("gyre " + String.join(" ", arguments) + " failed: " + said);
        }
        return said;
    }

    private static ProcessBuilder command(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dgyre.checkout=" + checkout(),
                "-jar",
                commandJar().toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectErrorStream(true);
    }

    private static Path commandJar() throws IOException {
        try (Stream<Path> built = Files.list(checkout().resolve("cli/target"))) {
            return built.filter(file -> file.getFileName().toString().matches("cli-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("Build module cli first: there is no cli/target/cli-*.jar."));
        }
    }

    static Path checkout() {
        return Path.of("").toAbsolutePath().resolveSibling("");
    }

    /** All that it said until it was up, or until its end. */
    private List<String> untilUp() throws IOException {
        List<String> said = new ArrayList<>(List.of("It said nothing."));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.contains(UP)) {
                return said;
            }
        }
        return said;
    }

    String kafka() {
        return "127.0.0.1:" + (portBase + 92);
    }

    String api() {
        return "http://127.0.0.1:" + portBase;
    }

    /** {@code AccessKeyId} and {@code AccessKeySecret}. */
    Properties administratorKey() throws IOException {
        Properties key = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("secrets/administrator-access-key"))) {
            key.load(file);
        }
        return key;
    }

    /** By a signal to this one process, which ends those that it started. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
