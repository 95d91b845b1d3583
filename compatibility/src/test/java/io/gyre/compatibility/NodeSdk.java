package io.gyre.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.platform.testing.InstalledNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** npm's @alicloud/kms20160120, in a process of Node.js: signs HMAC-SHA1; its actions are those of 2020. */
final class NodeSdk implements PublishedSdk {
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /**
     * Installs the SDK, and starts the process that calls it.
     *
     * @param folder where it is installed
     * @param authority the certificate that it trusts, in PEM
     */
    NodeSdk(Endpoint endpoint, Path sources, Path folder, Path authority) throws Exception {
        InstalledNode.install(sources, folder);
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
}
