package io.gyre.api.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps a draft from one page of the wizard to the next: in the form itself, sealed for one session and one kind of secret. The
 * browser has it and cannot read it, this process keeps nothing, and once the session is over it opens nowhere.
 */
@ApplicationScoped
class NewSecretDrafts {
    /** The hidden field. */
    static final String FIELD = "draft";

    private static final String VERIFIED = "verified";
    private static final String FIELDS = "fields";

    private final Envelope envelope;
    private final ObjectMapper json;

    NewSecretDrafts(Envelope envelope, ObjectMapper json) {
        this.envelope = envelope;
        this.json = json;
    }

    String sealed(Visitor visitor, NewSecretDraft draft) {
        ObjectNode content = json.createObjectNode().put(VERIFIED, draft.verified());
        ObjectNode fields = content.putObject(FIELDS);
        draft.fields().forEach(fields::put);
        byte[] sealed = envelope.sealBriefly(SecretText.of(content.toString()), about(visitor, draft.kind()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Empty where there is none, or it is another session's, another kind's, or was changed. */
    Optional<NewSecretDraft> opened(Visitor visitor, NewSecretKind kind, String sealed) {
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return envelope.openBriefly(bytes, about(visitor, kind)).map(content -> draft(kind, content));
    }

    /** The token of its forms is known to the session alone, and to this process. */
    private static String about(Visitor visitor, NewSecretKind kind) {
        return "a draft of kind " + kind.label() + " in the session of forms "
                + visitor.formToken().reveal();
    }

    private NewSecretDraft draft(NewSecretKind kind, SecretText content) {
        try {
            JsonNode read = json.readTree(content.reveal());
            Map<String, String> fields = new TreeMap<>();
            read.path(FIELDS)
                    .properties()
                    .forEach(each -> fields.put(each.getKey(), each.getValue().asText()));
            return new NewSecretDraft(kind, fields, read.path(VERIFIED).asBoolean());
        } catch (JsonProcessingException e) {
            // Its message quotes the text, which nobody but this class has sealed.
            throw new IllegalStateException("A draft that opened is no JSON.");
        }
    }
}
