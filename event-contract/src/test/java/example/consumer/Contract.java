package example.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** docs/events.yaml: the topics, the types in each, and the schemas of their headers and data. */
final class Contract {
    private final JsonNode document;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V7);

    private Contract(JsonNode document) {
        this.document = document;
    }

    static Contract read() throws IOException {
        JsonNode document = new YAMLMapper()
                .readTree(RunningPlatform.checkout().resolve("docs/events.yaml").toFile());
        document.path("components").path("schemas").forEach(Contract::close);
        return new Contract(document);
    }

    /** A reader must take fields that are added; what is told today is all in the document. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.path("properties").forEach(Contract::close);
            // Headers are not all of CloudEvents': Kafka's clients may add theirs.
            if (!object.path("properties").has("ce_id")) {
                object.put("additionalProperties", false);
            }
        }
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        document.path("channels")
                .forEach(channel -> topics.add(channel.path("address").asText()));
        return topics;
    }

    /** What speaks against a record in this topic; nothing where it is as the document says. */
    List<String> violations(String topic, JsonNode headers, JsonNode data) {
        String type = headers.path("ce_type").asText();
        for (JsonNode reference : document.path("channels").path(topic).path("messages")) {
            JsonNode message = document.at(reference.path("$ref").asText().substring(1));
            if (message.path("name").asText().equals(type)) {
                List<String> violations = new ArrayList<>();
                violations.addAll(validate(message.path("headers"), headers));
                violations.addAll(validate(message.path("payload"), data));
                return violations;
            }
        }
        return List.of(topic + " has no type \"" + type + "\" in docs/events.yaml");
    }

    private List<String> validate(JsonNode schema, JsonNode instance) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return factory
                .getSchema(whole)
                .validate(instance, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
