package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a command shows of a platform with {@code --json}, which has to be what docs/operations-api.yaml says. */
public final class ApiOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCUMENT = Path.of("..", "docs", "operations-api.yaml");

    private ApiOutput() {}

    /**
     * Runs a command against the platform of this home.
     *
     * @param schema of the component that it shows
     */
    public static JsonNode of(Path home, String schema, String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--json", "--home=" + home));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Main.run(line.toArray(String[]::new)), line.toString());
        } finally {
            System.setOut(out);
        }
        return fitting(schema, written.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode fitting(String name, String written) {
        try {
            JsonNode components = new YAMLMapper().readTree(DOCUMENT.toFile()).path("components");
            assertTrue(components.path("schemas").has(name), name);
            components.path("schemas").forEach(ApiOutput::close);
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
            schema.set("components", components);
            JsonNode output = JSON.readTree(written);
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(output),
                    name + ": " + written);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field that the document does not name is no field of the API. */
    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }
}
