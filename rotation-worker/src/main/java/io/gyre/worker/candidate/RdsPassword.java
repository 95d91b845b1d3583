package io.gyre.worker.candidate;

import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Recipe;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Passwords of RDS accounts. ResetAccountPassword takes 8 to 32 characters of at least three classes: these have the
 * most characters, of all four.
 */
final class RdsPassword {
    /** The special characters that ResetAccountPassword allows. */
    static final String SPECIALS = "!@#$&%^*()_+-=";

    static final PasswordRule RULE =
            new PasswordRule(32, List.of(PasswordRule.UPPER, PasswordRule.LOWER, PasswordRule.DIGITS, SPECIALS));

    private RdsPassword() {}

    static Minted make(Recipe.RdsPassword recipe, RandomGenerator random) {
        return new Minted(
                recipe.account(),
                StoredForm.of("AccountName", recipe.account()).and("AccountPassword", RULE.draw(random)));
    }
}
