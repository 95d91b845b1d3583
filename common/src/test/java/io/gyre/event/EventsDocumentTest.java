package io.gyre.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/events.yaml is made from the topics and the records; {@code -Dgyre.write-documents=true} writes it anew. */
class EventsDocumentTest {
    private static final Path KEPT = Path.of("..", "docs", "events.yaml");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final ObjectNode document = EventsDocument.write();

    @Test
    void theDocumentThatIsKeptIsWhatTheRecordsAre() throws Exception {
        String written = YAML.writeValueAsString(document);
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(KEPT, written);
        }
        assertEquals(written, Files.readString(KEPT));
        assertEquals(new ObjectMapper().readTree(document.toString()), YAML.readTree(written));
    }

    @Test
    void everyRecordIsInATopicAndEveryTopicIsDescribed() {
        Set<String> addresses = new HashSet<>();
        Set<String> inTopics = new TreeSet<>();
        for (JsonNode channel : document.path("channels")) {
            addresses.add(channel.path("address").asText());
            assertFalse(channel.path("description").asText().isEmpty(), channel.toString());
            channel.path("messages").properties().forEach(message -> inTopics.add(message.getKey()));
        }
        assertEquals(
                new HashSet<>(
                        Topics.all().stream().map(Topics.Declaration::name).toList()),
                addresses);
        Set<String> messages = new TreeSet<>();
        document.path("components").path("messages").properties().forEach(each -> messages.add(each.getKey()));
        assertEquals(messages, inTopics);
        Set<String> payloads = new TreeSet<>(List.of("CloudEvent"));
        EventsDocument.types().forEach(type -> payloads.add(type.data().getSimpleName()));
        Set<String> schemas = new TreeSet<>();
        document.path("components").path("schemas").properties().forEach(each -> schemas.add(each.getKey()));
        assertEquals(schemas, payloads);
    }

    @Test
    void aTypeHasItsVersionAndItsSentence() {
        for (EventsDocument.Type type : EventsDocument.types()) {
            assertTrue(type.name().endsWith(".v1") || type.name().startsWith("kms:CloudMonitor:"), type.name());
            assertTrue(type.summary().matches("[A-Z].*\\."), type.summary());
        }
        assertEquals(39, EventsDocument.types().size());
    }

    /** The schema is as AsyncAPI publishes it. */
    @Test
    void theDocumentIsWhatAsyncApiAllows() throws Exception {
        JsonSchema asyncApi;
        try (InputStream file = getClass().getResourceAsStream("/asyncapi/asyncapi-3.0.0.json")) {
            asyncApi = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(file);
        }
        assertEquals(Set.of(), asyncApi.validate(document));
        document.put("channels", "none");
        assertFalse(asyncApi.validate(document).isEmpty());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertEquals(List.of(), dangling(document));
    }

    /** The references that lead nowhere. */
    private List<String> dangling(JsonNode from) {
        return from.findValuesAsText("$ref").stream()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .toList();
    }
}
