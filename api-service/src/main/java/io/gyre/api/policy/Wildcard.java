package io.gyre.api.policy;

import java.util.Locale;

/**
 * A text of a policy in which {@code *} stands for any characters, also none and also {@code /}, and {@code ?} for exactly
 * one. All else stands for itself.
 *
 * @param pattern the text as the policy has it
 */
record Wildcard(String pattern) {
    /**
     * Whether the whole text fits. Only the latest {@code *} is ever widened, for an earlier one could gain nothing by
     * it: the work is at most the product of both lengths, whoever wrote the pattern, and the stack does not grow.
     */
    boolean matches(String text) {
        int inPattern = 0;
        int inText = 0;
        int afterStar = -1;
        int starEnd = 0;
        while (inText < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '*') {
                inPattern++;
                afterStar = inPattern;
                starEnd = inText;
            } else if (inPattern < pattern.length() && fits(pattern.codePointAt(inPattern), text.codePointAt(inText))) {
                inPattern += Character.charCount(pattern.codePointAt(inPattern));
                inText += Character.charCount(text.codePointAt(inText));
            } else if (afterStar >= 0) {
                starEnd += Character.charCount(text.codePointAt(starEnd));
                inPattern = afterStar;
                inText = starEnd;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(inPattern).allMatch(rest -> rest == '*');
    }

    /** The same for texts that are told apart by more than their case, as the names of actions are. */
    boolean matchesInAnyCase(String text) {
        return new Wildcard(pattern.toLowerCase(Locale.ROOT)).matches(text.toLowerCase(Locale.ROOT));
    }

    private static boolean fits(int wanted, int given) {
        return wanted == '?' || wanted == given;
    }
}
