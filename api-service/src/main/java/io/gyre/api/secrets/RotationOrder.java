package io.gyre.api.secrets;

import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretType;
import io.gyre.store.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rotation that is asked for.
 *
 * @param candidateVersion the id of the version that is to become ACSCurrent
 * @param waitsForItsGroup whether it does not begin while another secret of its group is being rotated: whoever asks for one secret at once
 *     does not wait, though the others wait for it
 * @param overlap how long the former credential lives on beside it, on the calendar; for RAM only
 * @param note what a person reads as the first entry of the timeline
 */
record RotationOrder(
        Trigger trigger,
        boolean waitsForItsGroup,
        String candidateVersion,
        @Nullable Duration overlap,
        String note) {
    /** By a call of RotateSecret. */
    static RotationOrder immediate(Secret secret, String candidateVersion, Duration window) {
        return new RotationOrder(
                Trigger.IMMEDIATE, false, candidateVersion, overlap(secret, window), "Requested by RotateSecret.");
    }

    /** By the secret's rotation policy. */
    static RotationOrder automatic(Secret secret) {
        return new RotationOrder(
                Trigger.AUTOMATIC,
                true,
                VersionIds.random(),
                overlap(secret, Spans.AUTOMATIC_OVERLAP),
                "Due by the secret's rotation policy.");
    }

    /** By a campaign, whose note says which. */
    static RotationOrder ofCampaign(Secret secret, Duration overlap, String note) {
        return new RotationOrder(Trigger.IMMEDIATE, true, VersionIds.random(), overlap(secret, overlap), note);
    }

    /**
     * By an operator. The overlap counts only where the former AccessKey works after all: then programs may still use it.
     *
     * @param by the AccessKey of whoever ordered it
     */
    static RotationOrder repair(Secret secret, String by) {
        return new RotationOrder(
                Trigger.REPAIR,
                false,
                VersionIds.random(),
                overlap(secret, Spans.AUTOMATIC_OVERLAP),
                by + " ordered a repair, since the target refuses a credential of this secret.");
    }

    private static @Nullable Duration overlap(Secret secret, Duration window) {
        return secret.type() == SecretType.RAM ? window : null;
    }
}
