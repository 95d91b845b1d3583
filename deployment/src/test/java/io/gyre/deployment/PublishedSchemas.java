package io.gyre.deployment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.testing.InstalledNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The schemas of CloudNativePG's and KEDA's resources, as npm has them: made from the operators' own types by @kubernetes-models. */
final class PublishedSchemas {
    private static final Set<String> GROUPS = Set.of("postgresql.cnpg.io/v1", "keda.sh/v1alpha1");

    private final Path folder = Project.ROOT.resolve("deployment/target/node");

    /** Installs them. */
    PublishedSchemas() throws IOException, InterruptedException {
        InstalledNode.install(Project.ROOT.resolve("deployment/src/test/node"), folder);
    }

    static boolean knowTheGroupOf(JsonNode object) {
        return GROUPS.contains(object.path("apiVersion").asText());
    }

    /**
     * What is wrong with the objects: a wrong type or value, an absent field, or one that is not known.
     *
     * @param objects of groups that are known
     */
    List<String> complaints(List<JsonNode> objects) throws IOException, InterruptedException {
        Path errors = folder.resolve("schemas.log");
        Process node = new ProcessBuilder("node", "schemas.mjs")
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        try (OutputStream in = node.getOutputStream()) {
            in.write(Project.JSON.writeValueAsBytes(objects));
        }
        byte[] said = node.getInputStream().readAllBytes();
        if (node.waitFor() != 0) {
            throw new AssertionError("The schemas could not be asked: " + Files.readString(errors));
        }
        return Project.JSON.readValue(said, new TypeReference<>() {});
    }
}
