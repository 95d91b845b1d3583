package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import jakarta.enterprise.context.ApplicationScoped;

/** A value as callers get it: the one place where plaintext goes into an answer. */
@ApplicationScoped
class ValueAnswers {
    private final Envelope envelope;

    ValueAnswers(Envelope envelope) {
        this.envelope = envelope;
    }

    ObjectNode of(FoundVersion found, boolean fetchConfig) {
        SecretText value = envelope.open(found.chain(), found.arn(), found.versionId(), found.sealed());
        ObjectNode answer = WireJson.answer()
                .put("SecretName", found.name())
                .put("SecretType", found.rotation().type().wireName())
                .put("SecretData", value.reveal())
                .put("SecretDataType", found.dataType())
                .put("VersionId", found.versionId())
                .put("CreateTime", WireTime.text(found.createdAt()));
        ArrayNode stages = WireJson.list(answer, "VersionStages", "VersionStage");
        found.stages().forEach(stages::add);
        found.rotation().describe(answer);
        if (fetchConfig) {
            SecretView.describeConfig(answer, found.extendedConfig());
        }
        return answer;
    }
}
