package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a secret's credentials still authenticate at their target, told where that has changed. Times are written as ISO
 * 8601 text in UTC.
 *
 * @param secretType as on the wire, for example {@code RAMCredentials}
 * @param versionId the version that was ACSCurrent at the look
 * @param state {@code Drifted} where the target refuses ACSCurrent, {@code PreviousDrifted} where it refuses the other of two
 *     accounts, {@code Unchecked} where looks have proved nothing for several times, {@code Good} once that is over
 * @param seen what is seen; none once it is over, as the two that follow
 * @param means what that means for whoever reads the secret
 * @param remedy what to do
 * @param at the calendar's time of the look
 * @param atWall the wall clock's
 * @param worker the process that looked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretDrift(
        String secretArn,
        String secretName,
        String secretType,
        String versionId,
        String state,
        @Nullable String seen,
        @Nullable String means,
        @JsonProperty("do") @Nullable String remedy,
        Instant at,
        Instant atWall,
        String worker) {
    /** The CloudEvents type of a finding: the target refuses a credential. */
    public static final String DRIFTED = "io.gyre.secret.drifted.v1";

    /** The CloudEvents type where a finding is over: a later look let the credential in. */
    public static final String CLEARED = "io.gyre.secret.drift-cleared.v1";

    /** The CloudEvents type where several looks in a row proved nothing. */
    public static final String UNCHECKED = "io.gyre.secret.drift-unchecked.v1";
}
