package io.gyre.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class WildcardTest {
    @Property
    void aPatternFitsWhatItsDefinitionSays(
            @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text) {
        assertEquals(fitsByDefinition(pattern, text), new Wildcard(pattern).matches(text));
    }

    @Example
    void aStarReachesIntoNestedNamesOfSecrets() {
        Wildcard below = new Wildcard("acs:kms:*:1:secret/a/*");
        assertTrue(below.matches("acs:kms:r:1:secret/a/b/c"));
        assertFalse(below.matches("acs:kms:r:1:secret/ab"));
        assertFalse(below.matches("acs:kms:r:1:secret"));
    }

    @Example
    void whatIsNoWildcardStandsForItself() {
        assertTrue(new Wildcard("secret/a.[b]").matches("secret/a.[b]"));
        assertFalse(new Wildcard("secret/a.b").matches("secret/axb"));
        assertFalse(new Wildcard("secret/A").matches("secret/a"));
        assertTrue(new Wildcard("kms:Get*").matchesInAnyCase("kms:getsecretvalue"));
    }

    @Example
    void aQuestionMarkStandsForOneCharacterAlsoWhereJavaCountsTwo() {
        assertTrue(new Wildcard("secret/?").matches("secret/\uD840\uDC00"));
        assertFalse(new Wildcard("secret/??").matches("secret/\uD840\uDC00"));
    }

    @Example
    void aPatternThatMeansHarmIsStillAnswered() {
        assertFalse(new Wildcard("*a".repeat(250) + "b").matches("a".repeat(500)));
    }

    static boolean fitsByDefinition(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            return fitsByDefinition(rest, text) || (!text.isEmpty() && fitsByDefinition(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && fitsByDefinition(rest, text.substring(1));
    }
}
