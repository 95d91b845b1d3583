package io.gyre.api.accesspoints;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a policy of access points can permit, as the documentation names it, and what that is in permissions of KMS. */
enum Template {
    /** To encrypt, decrypt, sign and verify with keys. */
    KEY_USER(
            "RbacPermission/Template/CryptoServiceKeyUser",
            "key/",
            List.of(
                    "kms:Encrypt",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyPair",
                    "kms:GenerateDataKeyPairWithoutPlaintext",
                    "kms:AsymmetricSign",
                    "kms:AsymmetricVerify",
                    "kms:AsymmetricEncrypt",
                    "kms:AsymmetricDecrypt",
                    "kms:GetPublicKey")),

    /** To read secrets; the key that encrypts one is used for its reader, and need not be named. */
    SECRET_USER("RbacPermission/Template/CryptoServiceSecretUser", "secret/", List.of("kms:GetSecretValue"));

    private final String wireName;
    private final String resources;
    private final List<String> actions;

    Template(String wireName, String resources, List<String> actions) {
        this.wireName = wireName;
        this.resources = resources;
        this.actions = actions;
    }

    static Optional<Template> named(String wireName) {
        return Arrays.stream(values())
                .filter(template -> template.wireName.equals(wireName))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(template -> template.wireName).collect(Collectors.joining(" or "));
    }

    /** Whether it is about resources of this kind: {@code key/…} or {@code secret/…}. */
    boolean isAbout(String resource) {
        return resource.startsWith(resources);
    }

    List<String> actions() {
        return actions;
    }
}
