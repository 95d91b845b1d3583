package io.gyre.api.policy;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a condition asks about. A key that Gyre does not know is refused where the policy is written: in a statement that
 * denies, it would never hold, and so let through what its author wants to keep out.
 *
 * @param tagKey empty for all kinds but TAG
 */
record ConditionKey(Kind kind, String tagKey) {
    static final String RULE = "acs:CurrentTime, acs:SecureTransport, acs:SourceIp, acs:MFAPresent and kms:tag/KEY";

    private static final String TAG_PREFIX = "kms:tag/";

    /** By the RAM documentation the names are told apart by more than their case; the keys of tags by their case too. */
    enum Kind {
        CURRENT_TIME("acs:CurrentTime"),
        SECURE_TRANSPORT("acs:SecureTransport"),
        SOURCE_IP("acs:SourceIp"),
        MFA_PRESENT("acs:MFAPresent"),
        TAG(TAG_PREFIX);

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** Empty for a key that Gyre does not know. */
    static Optional<ConditionKey> of(String text) {
        if (text.length() > TAG_PREFIX.length() && text.regionMatches(true, 0, TAG_PREFIX, 0, TAG_PREFIX.length())) {
            return Optional.of(new ConditionKey(Kind.TAG, text.substring(TAG_PREFIX.length())));
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.TAG && kind.text.equalsIgnoreCase(text))
                .findFirst()
                .map(kind -> new ConditionKey(kind, ""));
    }
}
