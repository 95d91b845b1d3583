package io.gyre.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** docker-compose.yml as it is read after anchors and merges. */
record ComposeFile(JsonNode tree) {

    static ComposeFile read() {
        return new ComposeFile(
                Project.yaml(Project.ROOT.resolve("docker-compose.yml")).get(0));
    }

    Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        tree.get("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), new Service(entry.getKey(), entry.getValue())));
        return services;
    }

    Service service(String name) {
        Service service = services().get(name);
        if (service == null) {
            throw new AssertionError("docker-compose.yml has no service " + name);
        }
        return service;
    }

    List<String> declared(String kind) {
        return names(tree.path(kind));
    }

    /** The files behind the secrets, by the secrets' names. */
    Map<String, String> secretFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        tree.get("secrets")
                .properties()
                .forEach(entry ->
                        files.put(entry.getKey(), entry.getValue().get("file").asText()));
        return files;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** One service. */
    record Service(String name, JsonNode tree) {

        String image() {
            return tree.path("image").asText();
        }

        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            tree.path("environment")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
            return environment;
        }

        List<String> secrets() {
            return texts(tree.path("secrets"));
        }

        List<String> ports() {
            return texts(tree.path("ports"));
        }

        List<String> volumes() {
            return texts(tree.path("volumes"));
        }

        List<String> dependsOn() {
            return names(tree.path("depends_on"));
        }

        String command() {
            return String.join("\n", texts(tree.path("command")));
        }

        String healthTest() {
            return String.join(" ", texts(tree.path("healthcheck").path("test")));
        }
    }
}
