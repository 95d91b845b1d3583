package io.gyre.rotation.picture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rotation that is to be drawn. All times are the calendar's.
 *
 * @param kind the secret's sub-type as the KMS API spells it, for example {@code DoubleUsers}
 * @param former what the credential is called that was current at the request
 * @param candidate the same of the one that is to become current
 * @param now or the end, of one that has ended
 * @param goesOn when it goes on by itself, where that is on the calendar
 * @param passed its timeline, oldest first
 */
public record Course(
        String kind,
        String former,
        String candidate,
        Instant requestedAt,
        Instant now,
        boolean ended,
        @Nullable Instant goesOn,
        List<Passed> passed) {

    /** A phase that was entered, and the sentence that tells of it. */
    public record Passed(String phase, String note, Instant at) {}
}
