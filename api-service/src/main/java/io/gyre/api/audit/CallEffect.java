package io.gyre.api.audit;

import java.util.List;
import java.util.Set;

/** Whether a call leaves something changed behind. One that may is told of before it is made as well as after. */
enum CallEffect {
    READ,
    WRITE;

    private static final List<String> READING = List.of("Get", "List", "Describe", "BatchGet");

    /** They use a key, or make something that is not kept. */
    private static final Set<String> USING = Set.of(
            "AssumeRole",
            "AsymmetricDecrypt",
            "AsymmetricEncrypt",
            "AsymmetricSign",
            "AsymmetricVerify",
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateRandom",
            "ReEncrypt");

    static CallEffect of(String action) {
        return USING.contains(action) || READING.stream().anyMatch(action::startsWith) ? READ : WRITE;
    }

    /** As ActionTrail's eventRW has it. */
    String word() {
        return this == READ ? "Read" : "Write";
    }
}
