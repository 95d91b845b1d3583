package io.gyre.worker.candidate;

import io.gyre.worker.engine.Mint;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Recipe;
import java.security.SecureRandom;

/**
 * Makes each kind of credential by its own generator. An RSA key pair takes a tenth of a second and more of computing:
 * call it where that stops nobody.
 */
public final class Candidates implements Mint {
    private final SecureRandom random;

    /** @param random the only source of randomness; with a seeded one, the passwords are the same each time */
    public Candidates(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Minted make(Recipe recipe) {
        if (recipe instanceof Recipe.Password password) {
            return password(password);
        }
        return EcsKeyPair.make((Recipe.EcsKeyPair) recipe, random);
    }

    private Minted password(Recipe.Password recipe) {
        String name = recipe.credentialName();
        return new Minted(
                name,
                StoredForm.of(recipe.nameField(), name)
                        .and(recipe.passwordField(), PasswordRule.of(recipe).draw(random)));
    }
}
