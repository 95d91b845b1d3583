package io.gyre.api.secrets;

import io.gyre.api.wire.Filters;
import io.gyre.secret.SecretType;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What ListSecrets can be asked for, by its name on the wire, with what a value may be. */
enum SecretFilter implements Filters.Key {
    SECRET_NAME("SecretName", SecretNames::isName, "what a secret can be called"),
    DESCRIPTION("Description", Filters::isText, Filters.TEXT_RULE),
    TAG_KEY("TagKey", SecretFilter::isTag, Filters.TEXT_RULE + " that tags can have"),
    TAG_VALUE("TagValue", SecretFilter::isTag, Filters.TEXT_RULE + " that tags can have"),
    SECRET_TYPE("SecretType", Filters::isText, Filters.TEXT_RULE),
    INSTANCE("DKMSInstanceId", Filters::isText, Filters.TEXT_RULE),
    CREATOR("Creator", Filters::isText, Filters.TEXT_RULE);

    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}/\\\\_.+=:@ -]{1,256}");

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // Method references, without state.
    private final Predicate<String> admits;

    private final String rule;

    SecretFilter(String wireName, Predicate<String> admits, String rule) {
        this.wireName = wireName;
        this.admits = admits;
        this.rule = rule;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public boolean admits(String value) {
        return admits.test(value);
    }

    @Override
    public String rule() {
        return rule;
    }

    /** The documentation spells Rds in capitals here, and only here. */
    @Override
    public String compared(String value) {
        return this == SECRET_TYPE && value.equalsIgnoreCase(SecretType.RDS.wireName())
                ? SecretType.RDS.wireName()
                : value;
    }

    private static boolean isTag(String value) {
        return TAG.matcher(value).matches();
    }
}
