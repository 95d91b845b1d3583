package io.gyre.api.secrets;

import io.gyre.secret.SecretText;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A password drawn from the operating system's random source.
 *
 * @param length in characters
 * @param classes the characters of each class that is included, none of them empty
 * @param eachClass whether every class must occur
 */
record RandomPassword(int length, List<String> classes, boolean eachClass) {
    private static final SecureRandom RANDOM = new SecureRandom();

    SecretText draw() {
        String all = String.join("", classes);
        List<Character> drawn = new ArrayList<>(length);
        if (eachClass) {
            classes.forEach(characters -> drawn.add(oneOf(characters)));
        }
        while (drawn.size() < length) {
            drawn.add(oneOf(all));
        }
        Collections.shuffle(drawn, RANDOM);
        StringBuilder password = new StringBuilder(length);
        drawn.forEach(password::append);
        return SecretText.of(password.toString());
    }

    private static char oneOf(String characters) {
        return characters.charAt(RANDOM.nextInt(characters.length()));
    }
}
