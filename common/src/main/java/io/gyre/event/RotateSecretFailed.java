package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * CloudMonitor's event of a rotation that failed, in the documented form.
 *
 * <p>PostgreSQL writes it, by the function {@code monitored_event}.
 *
 * @param product {@code KMS}
 * @param eventTime the wall clock's time, for example {@code 20180816T135935.689+0000}
 * @param level {@code CRITICAL}
 * @param name {@code Secret:RotateSecret:Failure}
 * @param resourceId the secret's ARN
 * @param status {@code Failed}
 * @param ver of the form, {@code 1.0}
 */
public record RotateSecretFailed(
        String product,
        String eventTime,
        String level,
        String name,
        String regionId,
        String resourceId,
        String status,
        Content content,
        String ver) {
    /** The CloudEvents type. */
    public static final String TYPE = "kms:CloudMonitor:Secret[RotateSecret:Failure]";

    /**
     * What the event is about.
     *
     * @param eventId the CloudEvents id
     * @param secretType as on the wire
     * @param rotationEntityArn what was to be rotated: the RDS instance, the RAM user, or of ECS the secret
     * @param rotationStatus the secret's AutomaticRotation from then on: Invalid where the rotation was an automatic one
     * @param rotationSubType what the event of a success calls secretSubType
     * @param failureTime the wall clock's time
     */
    public record Content(
            UUID eventId,
            String secretName,
            String secretType,
            @JsonProperty("RotationEntityArn") String rotationEntityArn,
            String rotationStatus,
            String rotationSubType,
            FailureInfo failureInfo,
            Instant failureTime) {}

    /**
     * Why.
     *
     * @param errorCode {@code Kms:RotationFailed}
     * @param errorMessage the rotation's finding: what is seen, what it means, what to do
     */
    public record FailureInfo(String errorCode, String errorMessage) {}
}
