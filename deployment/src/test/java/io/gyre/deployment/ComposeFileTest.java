package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.gyre.deployment.ComposeFile.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeFileTest {
    /** Declares the topics and ends, so there is no health to ask for. */
    private static final String ONE_SHOT = "topics";

    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|KEY).*");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void theFileIsWhatTheComposeSpecificationAllows() throws IOException {
        assertEquals(Set.of(), composeSchema().validate(compose.tree()));
    }

    @Test
    void portsArePublishedOnTheLoopbackAddressOnly() {
        for (Service service : compose.services().values()) {
            assertEquals(
                    List.of(),
                    service.ports().stream()
                            .filter(port -> !port.startsWith("127.0.0.1:"))
                            .toList(),
                    service.name());
        }
    }

    @Test
    void apiServiceIsReachedFromOutsideOverTlsAlone() {
        Service service = compose.service("api-service");
        Set<String> overTls = Stream.of("GYRE_API", "GYRE_OPS_TLS")
                .map(prefix -> service.environment().get(prefix + "_PORT"))
                .map(port -> "127.0.0.1:" + port + ":" + port)
                .collect(Collectors.toSet());
        assertEquals(overTls, Set.copyOf(service.ports()));
        for (String endpoint : List.of("GYRE_API", "GYRE_OPS")) {
            assertEquals(
                    "/run/secrets/api-certificate.pem", service.environment().get(endpoint + "_TLS_CERTIFICATE"));
            assertEquals("/run/secrets/api-key.pem", service.environment().get(endpoint + "_TLS_KEY"));
        }
    }

    @Test
    void noPasswordOrKeyStandsInTheFile() {
        for (Service service : compose.services().values()) {
            service.environment()
                    .forEach((name, value) -> assertTrue(
                            !SECRET_NAME.matcher(name).matches()
                                    || name.endsWith("_FILE")
                                    || value.startsWith("/run/secrets/"),
                            service.name() + " is given " + name + " by its environment: make it a file"));
        }
    }

    @Test
    void everySecretThatAServiceReadsIsDeclaredAndMade(@TempDir Path folder) throws IOException, InterruptedException {
        Set<String> made = MadeSecrets.in(folder.resolve("secrets")).names();
        compose.secretFiles()
                .forEach((name, file) ->
                        assertTrue(made.contains(file.replace("./secrets/", "")), file + " is not made"));
        Set<String> read = new HashSet<>();
        compose.services().values().forEach(service -> read.addAll(service.secrets()));
        assertEquals(Set.copyOf(compose.declared("secrets")), read);
    }

    @Test
    void filesNamedToAProcessAreMountedThere() {
        for (Service service : compose.services().values()) {
            service.environment().values().stream()
                    .filter(value -> value.startsWith("/run/secrets/"))
                    .forEach(value ->
                            assertTrue(service.secrets().contains(value.substring("/run/secrets/".length())), value));
        }
    }

    @Test
    void whatAServiceDependsOnOrMountsIsThere() {
        Set<String> services = compose.services().keySet();
        Set<String> mounted = new HashSet<>();
        for (Service service : compose.services().values()) {
            assertTrue(services.containsAll(service.dependsOn()), service.name());
            service.volumes().stream()
                    .map(volume -> volume.substring(0, volume.indexOf(':')))
                    .filter(volume -> !volume.startsWith("."))
                    .forEach(mounted::add);
        }
        assertEquals(Set.copyOf(compose.declared("volumes")), mounted);
    }

    @Test
    void everyServiceThatStaysSaysWhetherItIsHealthy() {
        for (Service service : compose.services().values()) {
            assertEquals(!service.name().equals(ONE_SHOT), !service.healthTest().isEmpty(), service.name());
        }
    }

    @Test
    void theProcessesAreAskedForTheirHealthWhereTheyServeIt() {
        for (String process : Project.PROCESSES) {
            Service service = compose.service(process);
            String port = service.environment().get("GYRE_OPS_PORT");
            assertTrue(service.healthTest().contains("/dev/tcp/127.0.0.1/" + port + " "), service.healthTest());
            assertTrue(service.healthTest().contains("GET /q/health/ready "), service.healthTest());
        }
    }

    @Test
    void imagesAreThoseThatTheBuildMakesAndOthersHaveAVersion() {
        for (Service service : compose.services().values()) {
            if (Project.PROCESSES.contains(service.name())) {
                assertTrue(Project.images().contains(service.image()), service.image() + " is not built");
            }
            assertTrue(service.image().matches("[a-z/-]+:[0-9].*"), service.image() + " has no version");
        }
    }

    @Test
    void theProcessesRunWithoutPrivileges() {
        for (String process : Project.PROCESSES) {
            Service service = compose.service(process);
            assertTrue(service.tree().path("read_only").asBoolean(), process);
            assertEquals("[\"ALL\"]", service.tree().path("cap_drop").toString(), process);
            assertFalse(
                    service.tree().path("deploy").at("/resources/limits/memory").isMissingNode(), process);
        }
    }

    @Test
    void twoWorkersShareTheWork() {
        Service worker = compose.service("rotation-worker");
        assertEquals(2, worker.tree().at("/deploy/replicas").asInt());
        assertEquals("$${HOSTNAME}", worker.environment().get("GYRE_WORKER_NAME"), "each replica has its own name");
    }

    private JsonSchema composeSchema() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/compose-spec/compose-spec.json")) {
            JsonNode schema = Project.JSON.readTree(file);
            // The published schema still marks its parts with the "id" of older drafts, a word that this draft lacks.
            schema.findParents("id").stream()
                    .filter(part -> part.get("id").isTextual())
                    .forEach(part -> ((ObjectNode) part).remove("id"));
            return JsonSchemaFactory.getInstance(VersionFlag.V201909).getSchema(schema);
        }
    }
}
