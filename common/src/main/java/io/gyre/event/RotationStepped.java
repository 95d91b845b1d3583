package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a rotation's timeline, told after it was committed. Times are written as ISO 8601 text in UTC.
 *
 * @param step counts from 1 within the rotation: a gap is a record that was lost, a repetition one that came twice
 * @param secretType as on the wire, for example {@code RAMCredentials}
 * @param trigger {@code automatic}, {@code immediate} or {@code repair}
 * @param versionId the version that is to become, or has become, ACSCurrent
 * @param phase what the rotation does from now on
 * @param state {@code Running}, {@code Waiting}, {@code Succeeded} or {@code Failed}
 * @param note what happened, as a person reads it
 * @param finding where it went wrong: what is seen, what it means, what to do
 * @param at the calendar's time
 * @param atWall the wall clock's time
 * @param worker the process that did it; none for what the API did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RotationStepped(
        UUID rotationId,
        int step,
        String secretArn,
        String secretName,
        String secretType,
        String trigger,
        String versionId,
        String phase,
        String state,
        String note,
        @Nullable String finding,
        @JsonFormat(pattern = TIME, timezone = "UTC") Instant at,
        @JsonFormat(pattern = TIME, timezone = "UTC") Instant atWall,
        @Nullable String worker) {
    /** As PostgreSQL writes times for the entries that workers make, so that one told again is the same text. */
    private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'";

    /** The CloudEvents type of an entry that ends nothing. */
    public static final String TYPE = "io.gyre.rotation.stepped.v1";

    /** The CloudEvents type of the last entry of a rotation that succeeded. */
    public static final String SUCCEEDED = "io.gyre.rotation.succeeded.v1";

    /** The CloudEvents type of the last entry of a rotation that failed. */
    public static final String FAILED = "io.gyre.rotation.failed.v1";

    /** The CloudEvents type of an entry after which a person is waited for. */
    public static final String WAITING = "io.gyre.rotation.waiting.v1";

    /** The CloudEvents type of an entry that somebody should look into although the rotation goes on. */
    public static final String WARNED = "io.gyre.rotation.warned.v1";

    /** The CloudEvents type of an entry that tells what a look at the target of a late rotation found. */
    public static final String LATE = "io.gyre.rotation.late.v1";

    /** Every CloudEvents type of an entry. */
    public static final Set<String> TYPES = Set.of(TYPE, SUCCEEDED, FAILED, WAITING, WARNED, LATE);

    /** The CloudEvents type for an entry that leaves the rotation in the given state. */
    public static String typeFor(String state) {
        return switch (state) {
            case "Succeeded" -> SUCCEEDED;
            case "Failed" -> FAILED;
            case "Waiting" -> WAITING;
            default -> TYPE;
        };
    }
}
