package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.audit.AuditKey;
import io.gyre.audit.AuditLine;
import io.gyre.audit.SignedHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** The audit log, page by page. */
public final class AuditPages {
    private static final String PATH = "audit/";
    private static final String LARGEST_PAGE = "200";

    private final OperationsApi api;

    public AuditPages(OperationsApi api) {
        this.api = api;
    }

    /** The latest first. */
    public JsonNode latest(int limit) {
        return api.get(PATH + "latest", new TreeMap<>(Map.of("limit", Integer.toString(limit))));
    }

    /** Those that ever signed, the latest first. */
    public List<AuditKey> keys() {
        List<AuditKey> keys = new ArrayList<>();
        keyList()
                .path("keys")
                .forEach(key -> keys.add(AuditKey.of(key.path("publicKey").asText())));
        return keys;
    }

    /** The same as the API tells it. */
    public JsonNode keyList() {
        return api.get(PATH + "keys", new TreeMap<>());
    }

    /** Whatever is written until the last page is among them. */
    public void lines(Consumer<AuditLine> each) {
        all("lines", line -> each.accept(line(line)));
    }

    public void heads(Consumer<SignedHead> each) {
        all("heads", head -> each.accept(head(head)));
    }

    private void all(String what, Consumer<JsonNode> each) {
        String next = "";
        do {
            JsonNode page = api.get(PATH + what, new TreeMap<>(Map.of("limit", LARGEST_PAGE, "nextToken", next)));
            page.path(what).forEach(each);
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
    }

    static AuditLine line(JsonNode line) {
        return new AuditLine(
                UUID.fromString(line.path("chain").asText()),
                line.path("line").asLong(),
                line.path("hash").asText(),
                line.path("event").asText());
    }

    /** @throws IllegalArgumentException where it is none */
    static SignedHead head(JsonNode head) {
        return new SignedHead(
                UUID.fromString(head.path("chain").asText()),
                head.path("line").asLong(),
                head.path("hash").asText(),
                head.path(head.has("at") ? "at" : "signedAt").asText(),
                head.path("keyId").asText(),
                head.path("signature").asText());
    }
}
