package io.gyre.api.console;

import java.util.UUID;

/** What a page shows, in the database. */
sealed interface Watched {
    /** One rotation. */
    record OneRotation(UUID id) implements Watched {}

    /** What moves in an account. */
    record WholeAccount(String accountId) implements Watched {}
}
