package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;

/** What the API tells of a key. Texts that do not apply are empty rather than absent, as the documentation has them. */
final class KeyMetadata {
    private KeyMetadata() {}

    /** The answer with the key's {@code KeyMetadata} in it. */
    static ObjectNode answer(KmsKey key, Installation installation) {
        ObjectNode answer = WireJson.answer();
        ObjectNode metadata = answer.putObject("KeyMetadata")
                .put("KeyId", key.keyId())
                .put("Arn", KeyName.arn(installation, key.accountId(), key.keyId()))
                .put("Description", key.description())
                .put("KeySpec", key.keySpec())
                .put("KeyUsage", key.keyUsage())
                .put("KeyState", key.keyState())
                .put("Origin", key.origin())
                .put("ProtectionLevel", key.protectionLevel())
                .put("Creator", key.creator())
                .put("CreationDate", WireTime.text(key.createdAt()))
                .put("AutomaticRotation", "Disabled")
                .put("DeletionProtection", "Disabled")
                .put("DeletionProtectionDescription", "")
                .put("DeleteDate", "")
                .put("MaterialExpireTime", "");
        if (!key.instanceId().equals(KmsInstance.sharedBy(key.accountId()))) {
            metadata.put("DKMSInstanceId", key.instanceId());
        }
        return answer;
    }
}
