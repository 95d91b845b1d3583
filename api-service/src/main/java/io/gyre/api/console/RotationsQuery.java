package io.gyre.api.console;

import io.gyre.api.operations.ViewedRotations.Wanted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rotations a visitor asks for: the parameters of the operation ListRotations by their names, as given. The empty text asks
 * for nothing. Each question has an address.
 */
record RotationsQuery(String state, String type, String ended, String secret, String limit, String nextToken) {
    private static final List<String> STATES = List.of("", "running", "waiting", "late", "failed", "succeeded");

    static RotationsQuery of(Query query) {
        return new RotationsQuery(
                query.text("state"),
                query.text("type"),
                query.text("ended"),
                query.text("secret"),
                query.text("limit"),
                query.text("nextToken"));
    }

    Wanted wanted() {
        return new Wanted(state, type, ended, secret, limit, nextToken);
    }

    /** One of the choices above the list. */
    record Choice(String words, String address, boolean chosen) {}

    public List<Choice> states() {
        return STATES.stream()
                .map(each -> new Choice(
                        each.isEmpty() ? "all" : each,
                        new RotationsQuery(each, type, "", secret, limit, "").address(),
                        each.equals(state)))
                .toList();
    }

    public boolean narrowed() {
        return !(state + type + ended + secret).isEmpty();
    }

    /** Whether it is about what ended within 24 hours. */
    public boolean lately() {
        return !ended.isEmpty();
    }

    public RotationsQuery wheneverEnded() {
        return new RotationsQuery(state, type, "", secret, limit, "");
    }

    public boolean paged() {
        return !nextToken.isEmpty();
    }

    public RotationsQuery from(String token) {
        return new RotationsQuery(state, type, ended, secret, limit, token);
    }

    public String all() {
        return ConsoleRoutes.ROOT + RotationsPage.PATH;
    }

    public String firstPage() {
        return from("").address();
    }

    public String address() {
        Map<String, String> given = new TreeMap<>(Map.of(
                "state",
                state,
                "type",
                type,
                "ended",
                ended,
                "secret",
                secret,
                "limit",
                limit,
                "nextToken",
                nextToken));
        given.values().removeIf(String::isEmpty);
        return given.isEmpty() ? all() : all() + "?" + new Query(given).text();
    }
}
