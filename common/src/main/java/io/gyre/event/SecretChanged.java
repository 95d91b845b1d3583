package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A secret's life, told after it was committed: the secret as it is from now on, by names and versions. Times are written as ISO
 * 8601 text in UTC.
 *
 * <p>PostgreSQL writes it, by the function {@code tell_secret}.
 *
 * @param secretType as on the wire, for example {@code RAMCredentials}
 * @param secretSubType as on the wire, for example {@code SSHKey}; none for Generic
 * @param instanceId the KMS instance that it lies in; none for a secret of KMS 1.0
 * @param versionId the version that this is about; none where it is about the secret
 * @param stages each label with the version that it names
 * @param automaticRotation {@code Enabled}, {@code Disabled}, or {@code Invalid} after an automatic rotation that failed
 * @param rotationInterval as on the wire, for example {@code 604800s}; none without a policy
 * @param nextRotationAt on the calendar; none without a policy
 * @param deletionPlannedAt on the calendar; none where no deletion is planned
 * @param at the calendar's time
 * @param atWall the wall clock's time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretChanged(
        String secretArn,
        String secretName,
        String secretType,
        @Nullable String secretSubType,
        @Nullable String instanceId,
        @Nullable String versionId,
        SortedMap<String, String> stages,
        String automaticRotation,
        @Nullable String rotationInterval,
        @Nullable Instant nextRotationAt,
        @Nullable Instant deletionPlannedAt,
        Instant at,
        Instant atWall) {
    /** The CloudEvents type once it is created, with its first version. */
    public static final String CREATED = "io.gyre.secret.created.v1";

    /** The CloudEvents type once its owner has put a new version. */
    public static final String VERSION_PUT = "io.gyre.secret.version-put.v1";

    /** The CloudEvents type once its labels name other versions, by its owner or by a rotation. */
    public static final String STAGES_MOVED = "io.gyre.secret.stages-moved.v1";

    /** The CloudEvents type once its policy of rotation is set, taken away, or stuck after an automatic rotation that failed. */
    public static final String ROTATION_POLICY_CHANGED = "io.gyre.secret.rotation-policy-changed.v1";

    /** The CloudEvents type once rotations by its policy may begin in other hours, or at any. */
    public static final String ROTATION_WINDOW_CHANGED = "io.gyre.secret.rotation-window-changed.v1";

    /** The CloudEvents type once no rotation begins by its policy, by a person's order. */
    public static final String ROTATION_PAUSED = "io.gyre.secret.rotation-paused.v1";

    /** The CloudEvents type once rotations begin by its policy again. */
    public static final String ROTATION_RESUMED = "io.gyre.secret.rotation-resumed.v1";

    /** The CloudEvents type once it has another policy of who may do what with it. */
    public static final String RESOURCE_POLICY_SET = "io.gyre.secret.resource-policy-set.v1";

    /** The CloudEvents type once its description or CustomData have changed. */
    public static final String DESCRIBED = "io.gyre.secret.described.v1";

    /** The CloudEvents type once its tags have changed. */
    public static final String TAGGED = "io.gyre.secret.tagged.v1";

    /** The CloudEvents type once its deletion is planned. */
    public static final String DELETION_PLANNED = "io.gyre.secret.deletion-planned.v1";

    /** The CloudEvents type once a planned deletion is taken back, or a backup has brought it back. */
    public static final String RESTORED = "io.gyre.secret.restored.v1";

    /** The CloudEvents type of its deletion, by force or at its window's end: the secret as it was. */
    public static final String DELETED = "io.gyre.secret.deleted.v1";
}
