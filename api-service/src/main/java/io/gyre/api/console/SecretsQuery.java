package io.gyre.api.console;

import io.gyre.api.operations.ViewedSecrets.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which secrets a visitor asks for: the parameters of the operation ListSecretsOfView by their names, as given. The empty text
 * asks for nothing. Each question has an address.
 */
record SecretsQuery(String view, String instance, String due, String secret, String limit, String nextToken) {
    private static final String KMS_1_0 = "kms-1.0";

    static SecretsQuery of(Query query) {
        return new SecretsQuery(
                query.text("view"),
                query.text("instance"),
                query.text("due"),
                query.text("secret"),
                query.text("limit"),
                query.text("nextToken"));
    }

    Wanted wanted() {
        return new Wanted(view, instance, due, secret, limit, nextToken);
    }

    /** Whether it is about what was created without a KMS instance. */
    public boolean elder() {
        return view.equals(KMS_1_0);
    }

    public boolean narrowed() {
        return !secret.isEmpty();
    }

    /** Whether it is about what is due within 24 hours. */
    public boolean soon() {
        return !due.isEmpty();
    }

    public SecretsQuery wheneverDue() {
        return new SecretsQuery(view, instance, "", secret, limit, "");
    }

    public boolean ofOneInstance() {
        return !instance.isEmpty();
    }

    public boolean paged() {
        return !nextToken.isEmpty();
    }

    /** The same names in the other view. */
    public SecretsQuery elsewhere() {
        return new SecretsQuery(elder() ? "" : KMS_1_0, "", due, secret, limit, "");
    }

    public SecretsQuery ofInstance(String instanceId) {
        return new SecretsQuery("", instanceId, due, secret, limit, "");
    }

    public SecretsQuery ofAllInstances() {
        return ofInstance("");
    }

    public SecretsQuery ofAnyKind() {
        return new SecretsQuery(view, instance, "", "", limit, "");
    }

    public SecretsQuery from(String token) {
        return new SecretsQuery(view, instance, due, secret, limit, token);
    }

    public SecretsQuery firstPage() {
        return from("");
    }

    public String address() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("view", view);
        given.put("instance", instance);
        given.put("due", due);
        given.put("secret", secret);
        given.put("limit", limit);
        given.put("nextToken", nextToken);
        given.values().removeIf(String::isEmpty);
        String query = given.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String page = ConsoleRoutes.ROOT + SecretsPage.PATH;
        return query.isEmpty() ? page : page + "?" + query;
    }
}
