package io.gyre.worker.candidate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.secret.SecretText;

/** A secret's value as GetSecretValue answers it: a JSON object of texts, in the documented order. */
final class StoredForm {
    private final ObjectNode value = JsonNodeFactory.instance.objectNode();

    private StoredForm() {}

    static StoredForm of(String name, String text) {
        return new StoredForm().with(name, text);
    }

    StoredForm with(String name, String text) {
        value.put(name, text);
        return this;
    }

    /** The last field, and with it the whole. */
    SecretText and(String name, String text) {
        return SecretText.of(with(name, text).value.toString());
    }
}
