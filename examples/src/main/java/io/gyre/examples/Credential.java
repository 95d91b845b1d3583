package io.gyre.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.secret.SecretText;

/**
 * The value of a secret as a program has read it.
 *
 * @param versionId of the version that it comes from
 * @param value a JSON object of texts
 */
public record Credential(String versionId, SecretText value) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return the text of this field, empty where there is none */
    public String field(String name) {
        try {
            return JSON.readTree(value.reveal()).path(name).asText();
        } catch (JsonProcessingException e) {
            // Its message quotes the value.
            throw new IllegalStateException("The value of version " + versionId + " is no JSON.");
        }
    }
}
