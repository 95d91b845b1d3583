package io.gyre.examples;

import java.time.Duration;
import java.util.Map;

/**
 * A secret, and the program that uses it.
 *
 * @param secret its name
 * @param order parameters of RotateSecret beside the secret and the version
 * @param uses what the program does, in the plural: queries
 * @param credentials what it does that with, in the plural: passwords
 * @param threads how many of them do it at one time
 * @param rereads for how long a program whose credential was refused reads the secret anew and tries again, before it calls that a
 *     failure; zero where the former credential works on beside the new one, so that there is nothing to wait for
 */
public record Use(
        String secret,
        Map<String, String> order,
        String uses,
        String credentials,
        Application application,
        int threads,
        Duration rereads) {

    public Use {
        order = Map.copyOf(order);
    }
}
