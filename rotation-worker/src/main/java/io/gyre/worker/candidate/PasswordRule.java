package io.gyre.worker.candidate;

import io.gyre.worker.machine.Recipe;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which passwords there are to choose from: those of one length over an alphabet, with a character of each class.
 *
 * @param length in characters
 * @param classes no character is in two of them
 */
record PasswordRule(int length, List<String> classes) {
    static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    static final String DIGITS = "0123456789";

    private static final int LENGTH = 32;

    PasswordRule {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || length < classes.size()) {
            throw new IllegalArgumentException(
                    length + " characters cannot hold one of each of " + classes.size() + " classes");
        }
    }

    /** The most characters that RDS takes, and as many as anybody needs, of each class. */
    static PasswordRule of(Recipe.Password recipe) {
        return new PasswordRule(LENGTH, List.of(UPPER, LOWER, DIGITS, recipe.specials()));
    }

    /**
     * Each password of the rule is as likely as any other: what lacks a class is thrown away whole, not mended, since a
     * mended one would be more likely. About one draw in ten is.
     */
    String draw(RandomGenerator random) {
        String alphabet = String.join("", classes);
        String drawn;
        do {
            StringBuilder password = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                password.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            drawn = password.toString();
        } while (!hasEachClass(drawn));
        return drawn;
    }

    private boolean hasEachClass(String password) {
        return classes.stream().allMatch(one -> password.chars().anyMatch(character -> one.indexOf(character) >= 0));
    }
}
