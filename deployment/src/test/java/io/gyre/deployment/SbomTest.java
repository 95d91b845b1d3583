package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever hears of a weakness in a library finds out here whether a process has it. */
class SbomTest {
    static Iterable<String> processes() {
        return Project.PROCESSES;
    }

    @ParameterizedTest
    @MethodSource("processes")
    void everyProcessSaysWhatItIsMadeOf(String process) throws IOException {
        Path file = Project.ROOT.resolve(Path.of(process, "target", "sbom.json"));
        JsonNode bom = new ObjectMapper().readTree(file.toFile());
        assertEquals("CycloneDX", bom.path("bomFormat").asText());
        Set<String> parts = new HashSet<>();
        for (JsonNode component : bom.path("components")) {
            String purl = component.path("purl").asText();
            assertTrue(purl.matches("pkg:maven/[^@]+@[^@]+"), purl);
            parts.add(component.path("group").asText() + ":"
                    + component.path("name").asText());
        }
        assertTrue(
                parts.containsAll(Set.of(
                        "io.gyre:common",
                        "io.quarkus:quarkus-core",
                        "io.netty:netty-handler",
                        "com.google.crypto.tink:tink")),
                parts.toString());
        assertTrue(
                parts.stream().noneMatch(part -> part.startsWith("org.junit")),
                "what tests need is not in the process");
    }
}
