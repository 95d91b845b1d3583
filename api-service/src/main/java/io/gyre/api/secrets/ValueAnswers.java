package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import jakarta.enterprise.context.ApplicationScoped;

/** A value as callers get it: the one place where plaintext goes into an answer. */
@ApplicationScoped
class ValueAnswers {
    private final SecretStore store;

    ValueAnswers(SecretStore store) {
        this.store = store;
    }

    ObjectNode of(FoundVersion found, boolean fetchConfig) {
        Secret secret = found.secret();
        SecretVersion version = found.version();
        ObjectNode answer = WireJson.answer()
                .put("SecretName", secret.name())
                .put("SecretType", secret.type().wireName())
                .put("SecretData", store.open(secret, version, found.key()).reveal())
                .put("SecretDataType", version.dataType())
                .put("VersionId", version.versionId())
                .put("CreateTime", WireTime.text(version.createdAt()));
        ArrayNode stages = WireJson.list(answer, "VersionStages", "VersionStage");
        found.stages().forEach(stages::add);
        SecretView.describeRotation(answer, secret);
        if (fetchConfig) {
            SecretView.describeConfig(answer, secret);
        }
        return answer;
    }
}
