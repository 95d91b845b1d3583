package io.gyre.api.policy;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * The actions or resources of a statement.
 *
 * @param listed true for Action and Resource: one of the patterns fits; false for NotAction and NotResource: none does
 */
record Choice(boolean listed, List<Wildcard> patterns) {
    Choice {
        patterns = List.copyOf(patterns);
    }

    boolean includes(String text, BiPredicate<Wildcard, String> fits) {
        return listed == patterns.stream().anyMatch(pattern -> fits.test(pattern, text));
    }
}
