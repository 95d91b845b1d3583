package io.gyre.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one run of deployment/make-secrets left behind. */
record MadeSecrets(Path folder, int status, String output) {

    static MadeSecrets in(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Project.ROOT.resolve("deployment/make-secrets").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new MadeSecrets(folder, process.waitFor(), output);
    }

    Set<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(folder.resolve(file))) {
            properties.load(reader);
        }
        return properties;
    }
}
