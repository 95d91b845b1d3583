package io.gyre.store;

import io.gyre.secret.SecretArn;
import io.gyre.secret.SecretType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A secret without its values, which are its {@link SecretVersion}s. Every time is the calendar's. */
@Entity
@Table(name = "secret")
public class Secret {
    /** {@link #rotationStatus()}: the secret is rotated by its policy. */
    public static final String ROTATION_ENABLED = "Enabled";

    /** {@link #rotationStatus()}: it has no policy. */
    public static final String ROTATION_DISABLED = "Disabled";

    /**
     * What is mapped here, for statements whose rows become secrets. The table has more columns, which are the schedule's alone, and
     * Hibernate Reactive reads no row that has a column which it does not know.
     */
    public static final String COLUMNS =
            "secret_id, account_id, name, arn, secret_type, secret_sub_type, description, key_id, instance_id,"
                    + " extended_config, tags, policy, rotation_status, rotation_interval_seconds, next_rotation_at,"
                    + " last_rotation_at, created_at, updated_at, deletion_planned_at";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "secret_id")
    private long secretId;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "name")
    private String name;

    @Column(name = "arn")
    private String arn;

    @Column(name = "secret_type")
    private String secretType;

    @Column(name = "secret_sub_type")
    private @Nullable String secretSubType;

    @Column(name = "description")
    private String description;

    @Column(name = "key_id")
    private String keyId;

    @Column(name = "instance_id")
    private @Nullable String instanceId;

    @Column(name = "extended_config")
    private @Nullable String extendedConfig;

    @Column(name = "tags")
    private String tags;

    @Column(name = "policy")
    private @Nullable String policy;

    @Column(name = "rotation_status")
    private String rotationStatus;

    @Column(name = "rotation_interval_seconds")
    private @Nullable Long rotationIntervalSeconds;

    @Column(name = "next_rotation_at")
    private @Nullable Instant nextRotationAt;

    @Column(name = "last_rotation_at")
    private @Nullable Instant lastRotationAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "deletion_planned_at")
    private @Nullable Instant deletionPlannedAt;

    protected Secret() {}

    /** A secret of KMS 1.0 without description, tags or rotation policy. */
    public Secret(SecretArn arn, SecretType type, String keyId, Instant createdAt) {
        this.accountId = arn.account();
        this.name = arn.name();
        this.arn = arn.toString();
        this.secretType = type.wireName();
        this.description = "";
        this.keyId = keyId;
        this.tags = "[]";
        this.rotationStatus = ROTATION_DISABLED;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** @param description for people */
    public Secret described(String description) {
        this.description = description;
        return this;
    }

    /** @param tags the JSON array of {@code {"TagKey":…,"TagValue":…}} */
    public Secret tagged(String tags) {
        this.tags = tags;
        return this;
    }

    /** @param policy the JSON object that says who may do what with it; null for the default one */
    public Secret governedBy(@Nullable String policy) {
        this.policy = policy;
        return this;
    }

    /** @param extendedConfig the JSON object that the caller gave; it holds no secrets */
    public Secret managed(String secretSubType, String extendedConfig) {
        this.secretSubType = secretSubType;
        this.extendedConfig = extendedConfig;
        return this;
    }

    /** @param instanceId the KMS instance as the caller named it */
    public Secret inInstance(@Nullable String instanceId) {
        this.instanceId = instanceId;
        return this;
    }

    /** Sets the rotation policy; the first rotation comes an interval after the last one, or after creation. */
    public Secret rotatedEvery(Duration interval) {
        this.rotationStatus = ROTATION_ENABLED;
        this.rotationIntervalSeconds = interval.toSeconds();
        this.nextRotationAt = (lastRotationAt == null ? createdAt : lastRotationAt).plus(interval);
        return this;
    }

    /** Lets the rotation policy go on from another date than it would by itself. */
    public Secret nextRotatedAt(Instant when) {
        this.nextRotationAt = when;
        return this;
    }

    /** Takes the rotation policy away. */
    public Secret notRotated() {
        this.rotationStatus = ROTATION_DISABLED;
        this.rotationIntervalSeconds = null;
        this.nextRotationAt = null;
        return this;
    }

    /** @param when null where it is not to be deleted any more */
    public Secret plannedForDeletion(@Nullable Instant when) {
        this.deletionPlannedAt = when;
        return this;
    }

    public Secret updated(Instant when) {
        this.updatedAt = when;
        return this;
    }

    public long secretId() {
        return secretId;
    }

    public String accountId() {
        return accountId;
    }

    public String name() {
        return name;
    }

    public String arn() {
        return arn;
    }

    public SecretType type() {
        return SecretType.ofWireName(secretType)
                .orElseThrow(() -> new IllegalStateException(
                        "Secret " + arn + " has the type " + secretType + ", which this version does not know."));
    }

    public @Nullable String secretSubType() {
        return secretSubType;
    }

    public String description() {
        return description;
    }

    public String keyId() {
        return keyId;
    }

    public @Nullable String instanceId() {
        return instanceId;
    }

    public @Nullable String extendedConfig() {
        return extendedConfig;
    }

    public String tags() {
        return tags;
    }

    /** The policy that its owner set; null for the default one. */
    public @Nullable String policy() {
        return policy;
    }

    /** {@code Enabled}, {@code Disabled}, or {@code Invalid} after an automatic rotation that failed. */
    public String rotationStatus() {
        return rotationStatus;
    }

    public @Nullable Duration rotationInterval() {
        return rotationIntervalSeconds == null ? null : Duration.ofSeconds(rotationIntervalSeconds);
    }

    public @Nullable Instant nextRotationAt() {
        return nextRotationAt;
    }

    public @Nullable Instant lastRotationAt() {
        return lastRotationAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public @Nullable Instant deletionPlannedAt() {
        return deletionPlannedAt;
    }
}
