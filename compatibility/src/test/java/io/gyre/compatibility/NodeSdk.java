package io.gyre.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** npm's @alicloud/kms20160120, in a process of Node.js: signs HMAC-SHA1; its actions are those of 2020. */
final class NodeSdk implements PublishedSdk {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int INSTALL_SECONDS = 120;
    private static final List<String> FILES = List.of("package.json", "sdk.mjs");

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /** Whether this machine has Node.js and npm. */
    static boolean isPossible() {
        return answers("node") && answers("npm");
    }

    /**
     * Installs the SDK, and starts the process that calls it.
     *
     * @param folder where it is installed
     * @param authority the certificate that it trusts, in PEM
     */
    NodeSdk(Endpoint endpoint, Path sources, Path folder, Path authority) throws Exception {
        Files.createDirectories(folder);
        for (String file : FILES) {
            Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        install(folder);
        ProcessBuilder builder = new ProcessBuilder("node", "sdk.mjs", endpoint.address(), endpoint.accessKeyId())
                .directory(folder.toFile())
                .redirectError(folder.resolve("sdk.log").toFile());
        builder.environment().put("ACCESS_KEY_SECRET", endpoint.accessKeySecret());
        builder.environment().put("NODE_EXTRA_CA_CERTS", authority.toString());
        this.process = builder.start();
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public String title() {
        return "npm @alicloud/kms20160120 1.2.0";
    }

    @Override
    public Optional<Set<String>> parameters(String action) {
        JsonNode parameters = ask(Map.of("parametersOf", action)).path("parameters");
        if (parameters.isNull()) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        parameters.forEach(name -> names.add(name.asText()));
        return Optional.of(names);
    }

    @Override
    public Outcome call(String action, Map<String, Object> parameters) {
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((name, value) -> plain.put(name, Endpoint.asText(value)));
        JsonNode said = ask(Map.of("action", action, "parameters", plain));
        return said.has("refusal")
                ? Outcome.refusedInTheOldWay(said.get("refusal").asText())
                : Outcome.answered(JSON.convertValue(said.get("answer"), Map.class));
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode ask(Object question) {
        try {
            in.write(JSON.writeValueAsString(question));
            in.newLine();
            in.flush();
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("The process of the npm SDK ended on " + question + ": see sdk.log.");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            npm.destroy();
            throw new IllegalStateException(
                    "npm did not install the SDK: " + Files.readString(folder.resolve("npm.log")));
        }
    }

    private static boolean answers(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
