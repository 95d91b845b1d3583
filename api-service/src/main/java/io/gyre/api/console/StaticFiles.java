package io.gyre.api.console;

import io.gyre.rpc.Digests;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files that the pages need. Their addresses hold their hashes, so a browser may keep them for as long as it likes. */
final class StaticFiles {
    static final StaticFile STYLE = file("console.css", "text/css; charset=utf-8");
    static final StaticFile LINK_SCRIPT = file("login-link.js", "text/javascript; charset=utf-8");
    static final StaticFile CONSOLE_SCRIPT = file("console.js", "text/javascript; charset=utf-8");
    static final StaticFile ICON = file("icon.svg", "image/svg+xml");

    private static final Map<String, StaticFile> ALL = List.of(STYLE, LINK_SCRIPT, CONSOLE_SCRIPT, ICON).stream()
            .collect(Collectors.toUnmodifiableMap(StaticFile::address, Function.identity()));

    private static final int HASH_DIGITS = 16;

    private StaticFiles() {}

    /** @param address its path */
    record StaticFile(String address, String type, Buffer content) {}

    static Optional<StaticFile> at(String path) {
        return Optional.ofNullable(ALL.get(path));
    }

    private static StaticFile file(String name, String type) {
        try (InputStream resource = StaticFiles.class.getResourceAsStream("/console/" + name)) {
            byte[] content = Objects.requireNonNull(resource, name).readAllBytes();
            String hash = Digests.sha256Hex(content).substring(0, HASH_DIGITS);
            String address = ConsoleRoutes.ROOT + "static/" + hash + "/" + name;
            return new StaticFile(address, type, Buffer.buffer(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
