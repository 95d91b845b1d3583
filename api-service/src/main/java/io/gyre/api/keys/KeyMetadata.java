package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Span;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.store.KmsKey;
import java.time.Duration;
import java.time.Instant;

/** What the API tells of a key. Texts that do not apply are empty rather than absent, as the documentation has them. */
final class KeyMetadata {
    /** Of every key in an instance that has expired. */
    private static final String UNAVAILABLE = "Unavailable";

    private KeyMetadata() {}

    /** The answer of CreateKey. */
    static ObjectNode atCreation(KmsKey key, Installation installation) {
        ObjectNode answer = WireJson.answer();
        describe(answer.putObject("KeyMetadata"), key, true, installation);
        return answer;
    }

    /**
     * The answer of DescribeKey, which tells of the protection too.
     *
     * @param usable whether the key's instance has not expired
     */
    static ObjectNode answer(KmsKey key, boolean usable, Installation installation) {
        ObjectNode answer = WireJson.answer();
        ObjectNode metadata = answer.putObject("KeyMetadata");
        describe(metadata, key, usable, installation);
        metadata.put("DeletionProtection", key.deletionProtected() ? "Enabled" : "Disabled")
                .put("DeletionProtectionDescription", key.deletionProtectionNote());
        return answer;
    }

    private static void describe(ObjectNode metadata, KmsKey key, boolean usable, Installation installation) {
        Instant deletion = key.deletionPlannedAt();
        Instant rotated = key.lastRotationAt();
        metadata.put("KeyId", key.keyId())
                .put("Arn", KeyName.arn(installation, key.accountId(), key.keyId()))
                .put("Description", key.description())
                .put("KeySpec", key.keySpec())
                .put("KeyUsage", key.keyUsage())
                .put("KeyState", usable ? key.keyState() : UNAVAILABLE)
                .put("Origin", key.origin())
                .put("ProtectionLevel", key.protectionLevel())
                .put("Creator", key.creator())
                .put("CreationDate", WireTime.text(key.createdAt()))
                .put("PrimaryKeyVersion", key.primaryVersion())
                .put("LastRotationDate", WireTime.text(rotated == null ? key.createdAt() : rotated))
                .put("DeleteDate", deletion == null ? "" : WireTime.text(deletion))
                .put("MaterialExpireTime", "");
        if (KeyRules.inInstance(key)) {
            metadata.put("DKMSInstanceId", key.instanceId());
        }
        describeRotation(metadata, key, usable);
    }

    /** A key that cannot be used is not rotated either; its policy goes on once it can. */
    private static void describeRotation(ObjectNode metadata, KmsKey key, boolean usable) {
        Duration interval = key.rotationInterval();
        Instant next = key.nextRotationAt();
        if (interval == null || next == null) {
            metadata.put("AutomaticRotation", "Disabled");
            return;
        }
        boolean goesOn = usable && key.keyState().equals(KmsKey.ENABLED);
        metadata.put("AutomaticRotation", goesOn ? "Enabled" : "Suspended")
                .put("RotationInterval", Span.text(interval));
        if (goesOn) {
            metadata.put("NextRotationDate", WireTime.text(next));
        }
    }
}
