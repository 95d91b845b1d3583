package io.gyre.api.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement of a secret's or key's policy is about.
 *
 * @param account its number, or {@code *} for any
 * @param name {@code *} or {@code root} for the account as a whole, else the name of an identity with wildcards
 */
record PrincipalPattern(String account, Wildcard name) {
    private static final Pattern ARN = Pattern.compile(
            "acs:ram::([0-9]{1,32}|\\*):(\\*|root|(?:user|role|assumed-role)/[\\p{L}\\p{N}._@/*?-]{1,128})");

    static final String RULE =
            "acs:ram::ACCOUNT:*, acs:ram::ACCOUNT:root, acs:ram::ACCOUNT:user/NAME and" + " acs:ram::ACCOUNT:role/NAME";

    /** How a statement is about somebody. */
    enum Match {
        /** Not at all. */
        NONE,

        /** As one of an account: what the account's own policies do not allow stays not allowed. */
        ACCOUNT,

        /** By name. */
        NAMED
    }

    static boolean isOne(String text) {
        return ARN.matcher(text).matches();
    }

    static PrincipalPattern of(String text) {
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            throw new IllegalArgumentException("This is nobody's ARN: " + text);
        }
        return new PrincipalPattern(arn.group(1), new Wildcard(arn.group(2)));
    }

    Match match(Principal principal) {
        if (!account.equals("*") && !account.equals(principal.accountId())) {
            return Match.NONE;
        }
        if (name.pattern().equals("*") || name.pattern().equals("root")) {
            return Match.ACCOUNT;
        }
        return name.matches(principal.name()) || name.matches(principal.attachedTo()) ? Match.NAMED : Match.NONE;
    }
}
