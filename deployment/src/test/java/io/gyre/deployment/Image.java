package io.gyre.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as an engine reads it: an OCI layout in an archive, unpacked.
 *
 * @param blobs the folder of the layout's blobs
 * @param manifest its one manifest
 * @param configuration what the manifest says how it is run
 */
record Image(Path blobs, JsonNode manifest, JsonNode configuration) {

    /** @param scratch where the archive is unpacked */
    static Image of(Path archive, Path scratch) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            unpack(file, scratch);
        }
        Path blobs = scratch.resolve("blobs");
        JsonNode manifests = Project.JSON.readTree(Files.readString(scratch.resolve("index.json")));
        JsonNode manifest = json(blobs, manifests.at("/manifests/0"));
        return new Image(blobs, manifest, json(blobs, manifest.path("config")));
    }

    private static JsonNode json(Path blobs, JsonNode descriptor) throws IOException {
        return Project.JSON.readTree(Files.readString(blob(blobs, descriptor)));
    }

    private static Path blob(Path blobs, JsonNode descriptor) {
        return blobs.resolve(descriptor.path("digest").asText().replace(':', '/'));
    }

    /** Lays its layers one over the other. */
    void unpackInto(Path root) throws IOException {
        for (JsonNode layer : manifest.path("layers")) {
            try (InputStream packed = new BufferedInputStream(Files.newInputStream(blob(blobs, layer)))) {
                unpack(new GZIPInputStream(packed), root);
            }
        }
    }

    private static void unpack(InputStream archive, Path root) throws IOException {
        TarArchiveInputStream entries = new TarArchiveInputStream(archive);
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Path file = root.resolve(entry.getName()).normalize();
            if (!file.startsWith(root)) {
                throw new AssertionError(entry.getName() + " leaves the image's root");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.copy(entries, file);
                Files.setPosixFilePermissions(file, permissions(entry.getMode()));
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        List<PosixFilePermission> all = List.of(PosixFilePermission.values());
        return all.stream()
                .filter(each -> (mode & (1 << (all.size() - 1 - all.indexOf(each)))) != 0)
                .collect(Collectors.toSet());
    }

    String architecture() {
        return configuration.path("os").asText() + "/"
                + configuration.path("architecture").asText();
    }

    String user() {
        return configuration.at("/config/User").asText();
    }

    Path workingDirectory() {
        return Path.of(configuration.at("/config/WorkingDir").asText());
    }

    List<String> entrypoint() {
        List<String> words = new ArrayList<>();
        configuration.at("/config/Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** What the image itself sets. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : configuration.at("/config/Env")) {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }
}
