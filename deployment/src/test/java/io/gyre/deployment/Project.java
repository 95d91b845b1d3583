package io.gyre.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The project's own files, found from the module's folder. */
final class Project {
    static final Path ROOT =
            Path.of(System.getProperty("gyre.root", "..")).toAbsolutePath().normalize();

    /** The modules that run as processes, and so the services and workloads that are named after them. */
    static final List<String> PROCESSES = List.of("api-service", "rotation-worker", "cloud-simulator");

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern IMAGE = Pattern.compile("<image>(gyre/[^<]+)</image>");

    private Project() {}

    static String read(String file) {
        return read(ROOT.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The documents of a YAML file, anchors and merge keys resolved; a key given twice is an error. */
    static List<JsonNode> yaml(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        strict().loadAll(read(file)).forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    /** The one document of a YAML text. */
    static JsonNode document(String yaml) {
        return JSON.valueToTree(strict().load(yaml));
    }

    private static Yaml strict() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    /** The processes whose modules the build has. */
    static List<String> builtProcesses() {
        return matches(MODULE, read("pom.xml")).stream()
                .filter(PROCESSES::contains)
                .toList();
    }

    /** The images that the profile "images" makes, with the version in place of its property. */
    static List<String> images() {
        return matches(IMAGE, read("deployment/pom.xml")).stream()
                .map(image -> image.replace("${project.version}", System.getProperty("gyre.version", "")))
                .toList();
    }

    static List<String> matches(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
