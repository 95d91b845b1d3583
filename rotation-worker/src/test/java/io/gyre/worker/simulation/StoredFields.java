package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of a credential as a secret keeps it: a flat JSON object; no text in the simulation needs an escape. */
final class StoredFields {
    private static final Pattern FIELD = Pattern.compile("\"([^\"]*)\":\"([^\"]*)\"");

    private final Map<String, String> fields = new HashMap<>();

    private StoredFields(String json) {
        Matcher each = FIELD.matcher(json);
        while (each.find()) {
            fields.put(each.group(1), each.group(2).replace("\\n", "\n").replace("\\/", "/"));
        }
    }

    static StoredFields of(SecretText value) {
        return new StoredFields(value.reveal());
    }

    String get(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The credential has no " + name + ".");
        }
        return value;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }
}
