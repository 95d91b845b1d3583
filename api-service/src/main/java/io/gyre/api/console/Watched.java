package io.gyre.api.console;

import java.util.UUID;

/** What a page shows, in the database. */
sealed interface Watched {
    /** One rotation. */
    record OneRotation(UUID id) implements Watched {}

    /** One campaign: where it stands, not each of its rotations, of which there may be thousands. */
    record OneCampaign(UUID id) implements Watched {}

    /** What moves in an account. */
    record WholeAccount(String accountId) implements Watched {}
}
