package io.gyre.worker.candidate;

import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Recipe;
import java.util.List;
import java.util.random.RandomGenerator;

/** Passwords of logins of ECS instances: 32 characters, as the service that KMS documents makes them. */
final class EcsPassword {
    /**
     * Whoever pastes the password into a shell, or pipes it into chpasswd, loses nothing of it: no quote, blank, colon,
     * glob or expansion, and nothing that looks like an option at the beginning.
     */
    static final String SPECIALS = "_.+@%";

    static final PasswordRule RULE =
            new PasswordRule(32, List.of(PasswordRule.UPPER, PasswordRule.LOWER, PasswordRule.DIGITS, SPECIALS));

    private EcsPassword() {}

    static Minted make(Recipe.EcsPassword recipe, RandomGenerator random) {
        return new Minted(
                recipe.user(), StoredForm.of("UserName", recipe.user()).and("Password", RULE.draw(random)));
    }
}
