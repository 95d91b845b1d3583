package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * CloudMonitor's event of a rotation that succeeded, in the documented form.
 *
 * <p>PostgreSQL writes it, by the function {@code monitored_event}.
 *
 * @param product {@code KMS}
 * @param level {@code INFO}
 * @param name {@code Secret:RotateSecret:Success}
 * @param resourceId the secret's ARN
 * @param status {@code Normal}
 * @param instanceName the secret's name
 * @param ver of the form, {@code 1.0}
 */
public record RotateSecretSucceeded(
        String product,
        String level,
        String name,
        String regionId,
        String resourceId,
        String status,
        String instanceName,
        Content content,
        String ver) {
    /** The CloudEvents type. */
    public static final String TYPE = "kms:CloudMonitor:Secret[RotateSecret:Success]";

    /** The CloudEvents source of both of CloudMonitor's events. */
    public static final String SOURCE = "acs.kms";

    /**
     * What the event is about.
     *
     * @param eventId the CloudEvents id
     * @param secretType as on the wire
     * @param rotationEntityArn what is rotated: the RDS instance, the RAM user, or of ECS the secret
     * @param rotationStatus the secret's AutomaticRotation from then on
     * @param secretSubType as on the wire
     * @param successTime the wall clock's time
     */
    public record Content(
            UUID eventId,
            String secretName,
            String secretType,
            @JsonProperty("RotationEntityArn") String rotationEntityArn,
            String rotationStatus,
            String secretSubType,
            Instant successTime) {}
}
