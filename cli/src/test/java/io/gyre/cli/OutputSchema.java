package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;

/** docs/command-output.schema.json, which what a command writes with {@code --json} has to fit. */
final class OutputSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("..", "docs", "command-output.schema.json");

    private OutputSchema() {}

    /** @return what was written, after a look at its form */
    static JsonNode fitting(String definition, String written) {
        try {
            ObjectNode schema = (ObjectNode) JSON.readTree(FILE.toFile());
            schema.put("$ref", "#/$defs/" + definition);
            JsonNode output = JSON.readTree(written);
            assertEquals(
                    Set.of(),
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(output),
                    written);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
