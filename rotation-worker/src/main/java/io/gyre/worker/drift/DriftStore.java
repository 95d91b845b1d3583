package io.gyre.worker.drift;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.verdict.Standing;
import io.gyre.worker.verdict.Subject;
import io.gyre.worker.verdict.Verdict;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to where it is kept which secrets are to be looked at, and what was found. All of its times are the store's own. */
public interface DriftStore {
    /**
     * A secret that this worker looks at.
     *
     * @param number of the claim: a verdict under an older one is not written
     * @param type as in the column {@code rotation_type}
     * @param currentVersion the version that is ACSCurrent
     * @param previousVersion that which is ACSPrevious; null if there is none
     * @param standing what is held of it so far
     * @param speed calendar seconds per wall second
     */
    record Claim(
            long secret,
            long number,
            String type,
            Subject subject,
            String currentVersion,
            @Nullable String previousVersion,
            Standing standing,
            double speed) {}

    /**
     * Takes up to {@code limit} secrets that somebody wants looked at, for a minute; none that is being rotated, planned for
     * deletion, or cannot be used since its key or its KMS instance cannot.
     */
    Uni<List<Claim>> claimAsked(int limit);

    /**
     * Takes up to {@code limit} secrets that are due, for a minute; what cannot be looked at now is put off to its next place. A
     * secret that is new gets its place first: one that stays the same, so that secrets are not looked at together.
     *
     * @param every the interval of the looks, on the calendar
     */
    Uni<List<Claim>> claimDue(int limit, Duration every);

    /** The value of the credential that is ACSCurrent ({@link Credential#FORMER}) or ACSPrevious ({@link Credential#IDLE}). */
    Uni<SecretText> reveal(Claim claim, Credential which);

    /**
     * Writes what was found and tells it. Nothing, where another claim came after or the secret was rotated meanwhile: what was
     * seen then says nothing of what is ACSCurrent now.
     */
    Uni<Void> write(Claim claim, Verdict verdict, Standing.Next next, Duration every);
}
