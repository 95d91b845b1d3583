package io.gyre.api.authorization;

/**
 * What a permission is needed on, as a request names it. Secrets, keys and aliases have containers, for what is done to
 * none of them that is there (KMS documentation, "Use RAM to manage access").
 */
enum Place {
    SECRET("the secret"),
    SECRETS("the container of secrets"),
    KEY_OF_SECRET("the key that encrypts the secret, unless it is the service's own"),
    ENCRYPTION_KEY("the key that EncryptionKeyId names, if any"),
    KEY("the key"),
    PROTECTED_KEY("the key that ProtectedResourceArn names"),
    KEY_OF_CIPHERTEXT("the key that made the ciphertext"),
    DESTINATION_KEY("the key that DestinationKeyId names"),
    KEYS("the container of keys"),
    ALIAS("the alias"),
    KEY_OF_ALIAS("the key that has the alias"),
    ALIASES("the container of aliases"),
    TAGGED("the secret or key"),
    EACH_TAGGED("each secret or key; where none is named, the container"),
    ACCOUNT("everything in KMS"),
    NETWORK_RULE("the network rule"),
    POINT_POLICY("the policy of access points"),
    ACCESS_POINT("the access point"),
    ACCESS_POINT_OF_KEYS("the access point that AapName names"),
    CLIENT_KEY("the access point that the client key logs in to"),
    USER("the user"),
    RENAMED_USER("the user under the new name, where there is one"),
    OWNER("the user that is named, else the caller"),
    USERS("all users"),
    ROLE("the role"),
    ROLES("all roles"),
    POLICY("the policy"),
    POLICIES("all policies"),
    ASSUMED_ROLE("the role that RoleArn names"),
    SERVICE_ROLE("the rotation's service role"),
    PATH("the operation's path");

    private final String words;

    Place(String words) {
        this.words = words;
    }

    /** For readers. */
    String words() {
        return words;
    }
}
