package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.platform.testing.InstalledNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for the operators, against the schemas of the operators themselves; where Node.js and npm are installed. */
class PublishedSchemasTest {
    private static PublishedSchemas schemas;

    @BeforeAll
    static void install() throws Exception {
        InstalledNode.require();
        schemas = new PublishedSchemas();
    }

    private static List<JsonNode> resources() throws IOException {
        try (Stream<Path> overlays = Files.list(Project.ROOT.resolve("k8s/overlays"))) {
            return overlays.flatMap(overlay -> Manifests.written(overlay).stream())
                    .filter(PublishedSchemas::knowTheGroupOf)
                    .toList();
        }
    }

    @Test
    void theOperatorsKnowEachFieldAndTakeItsValue() throws Exception {
        List<JsonNode> resources = resources();
        assertEquals(
                Set.of("Cluster", "ScaledObject", "TriggerAuthentication"),
                resources.stream()
                        .map(resource -> resource.get("kind").asText())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(List.of(), schemas.complaints(resources));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cluster               | /spec/instances                               | "three"     | must be integer
            Cluster               | /spec/postgresql/parameters/max_connections   | 300         | must be string
            Cluster               | /spec/postgresql/synchronous/dataDurability   | "requested" | must be equal to one of the allowed values
            Cluster               | /spec/imageCatalogRef/major                   |             | must have required property major
            Cluster               | /spec/walStorrage                             | {}          | spec/walStorrage is not known
            Cluster               | /spec/managed/roles/0/logon                   | true        | roles/0/logon is not known
            ScaledObject          | /spec/maxReplicaCount                         | "6"         | must be integer
            ScaledObject          | /spec/triggers                                |             | must have required property triggers
            ScaledObject          | /spec/minReplicasCount                        | 1           | spec/minReplicasCount is not known
            TriggerAuthentication | /spec/secretTargetRef/0/key                   | 5           | must be string
            TriggerAuthentication | /spec/secretTargetRef/0/path                  | "password"  | secretTargetRef/0/path is not known
            """)
    void aMistakeIsFound(String kind, String place, String wrong, String complaint) throws Exception {
        JsonNode resource = resources().stream()
                .filter(each -> each.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
        int name = place.lastIndexOf('/');
        ObjectNode holder = (ObjectNode) resource.at(place.substring(0, name));
        if (wrong == null) {
            holder.remove(place.substring(name + 1));
        } else {
            holder.set(place.substring(name + 1), Project.JSON.readTree(wrong));
        }
        List<String> complaints = schemas.complaints(List.of(resource));
        assertTrue(
                complaints.stream().anyMatch(each -> each.startsWith(kind) && each.contains(complaint)),
                complaints::toString);
    }
}
