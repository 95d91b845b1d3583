package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key, its material wrapped by the key of its instance. Its words are those of the wire. The key's own material is
 * that of its first version, and what secrets are sealed under; each {@link KmsKeyVersion} has its material besides.
 */
@Entity
@Table(name = "kms_key")
public class KmsKey {
    public static final String ENABLED = "Enabled";
    public static final String DISABLED = "Disabled";
    public static final String PENDING_DELETION = "PendingDeletion";

    /** Never on the wire: to callers the key is not there. Its row stays, since secrets point at it. */
    public static final String DESTROYED = "Destroyed";

    /** The words of KeyUsage. */
    public static final String ENCRYPT_DECRYPT = "ENCRYPT/DECRYPT";

    public static final String SIGN_VERIFY = "SIGN/VERIFY";

    @Id
    @Column(name = "key_id")
    private String keyId;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "instance_id")
    private String instanceId;

    @Column(name = "service_key")
    private boolean serviceKey;

    @Column(name = "description")
    private String description;

    @Column(name = "key_spec")
    private String keySpec;

    @Column(name = "key_usage")
    private String keyUsage;

    @Column(name = "key_state")
    private String keyState;

    @Column(name = "origin")
    private String origin;

    @Column(name = "protection_level")
    private String protectionLevel;

    @Column(name = "creator")
    private String creator;

    @Column(name = "wrapped_material")
    private byte @Nullable [] wrappedMaterial;

    @Column(name = "primary_version")
    private String primaryVersion;

    @Column(name = "rotation_interval_seconds")
    private @Nullable Long rotationIntervalSeconds;

    @Column(name = "next_rotation_at")
    private @Nullable Instant nextRotationAt;

    @Column(name = "last_rotation_at")
    private @Nullable Instant lastRotationAt;

    @Column(name = "deletion_planned_at")
    private @Nullable Instant deletionPlannedAt;

    @Column(name = "deletion_protected")
    private boolean deletionProtected;

    @Column(name = "deletion_protection_note")
    private String deletionProtectionNote;

    @Column(name = "policy")
    private @Nullable String policy;

    @Column(name = "tags")
    private String tags;

    @Column(name = "created_at")
    private Instant createdAt;

    protected KmsKey() {}

    /**
     * An enabled symmetric key of Gyre's making, for encryption in software: {@code Aliyun_AES_256}.
     *
     * @param creator the account
     * @param primaryVersion the id of its first version
     * @param createdAt on the calendar
     */
    public KmsKey(
            String keyId,
            KmsInstance instance,
            String description,
            String creator,
            String primaryVersion,
            byte[] wrappedMaterial,
            Instant createdAt) {
        this.keyId = keyId;
        this.accountId = instance.accountId();
        this.instanceId = instance.instanceId();
        this.description = description;
        this.keySpec = "Aliyun_AES_256";
        this.keyUsage = ENCRYPT_DECRYPT;
        this.keyState = ENABLED;
        this.origin = "Aliyun_KMS";
        this.protectionLevel = "SOFTWARE";
        this.creator = creator;
        this.wrappedMaterial = wrappedMaterial;
        this.primaryVersion = primaryVersion;
        this.deletionProtectionNote = "";
        this.tags = "[]";
        this.createdAt = createdAt;
    }

    /** Another kind than the constructor's; the material is one of that kind. */
    public KmsKey ofKind(String spec, String usage) {
        this.keySpec = spec;
        this.keyUsage = usage;
        return this;
    }

    public KmsKey described(String text) {
        this.description = text;
        return this;
    }

    /** @param json as Tags writes it */
    public KmsKey tagged(String json) {
        this.tags = json;
        return this;
    }

    /** @param json none where the default policy is to hold */
    public KmsKey governedBy(@Nullable String json) {
        this.policy = json;
        return this;
    }

    /** Can be used from now on; whatever was planned for it is not. */
    public KmsKey enabled() {
        this.keyState = ENABLED;
        this.deletionPlannedAt = null;
        return this;
    }

    public KmsKey disabled() {
        this.keyState = DISABLED;
        return this;
    }

    /** @param at on the calendar, from when on its material is destroyed */
    public KmsKey plannedForDeletion(Instant at) {
        this.keyState = PENDING_DELETION;
        this.deletionPlannedAt = at;
        return this;
    }

    /** @param note for people */
    public KmsKey protectedFromDeletion(boolean isProtected, String note) {
        this.deletionProtected = isProtected;
        this.deletionProtectionNote = note;
        return this;
    }

    /** Counts from the last rotation, or else from creation. */
    public KmsKey rotatedEvery(Duration interval) {
        this.rotationIntervalSeconds = interval.toSeconds();
        this.nextRotationAt = (lastRotationAt == null ? createdAt : lastRotationAt).plus(interval);
        return this;
    }

    public KmsKey notRotated() {
        this.rotationIntervalSeconds = null;
        this.nextRotationAt = null;
        return this;
    }

    /** Encrypts with another version from now on; a rotation that the policy asks for comes an interval later. */
    public KmsKey rotatedTo(String version, Instant now) {
        this.primaryVersion = version;
        this.lastRotationAt = now;
        if (rotationIntervalSeconds != null) {
            this.nextRotationAt = now.plusSeconds(rotationIntervalSeconds);
        }
        return this;
    }

    public String keyId() {
        return keyId;
    }

    public String accountId() {
        return accountId;
    }

    public String instanceId() {
        return instanceId;
    }

    /** Whether Gyre made it for the secrets that name no key. */
    public boolean serviceKey() {
        return serviceKey;
    }

    public String description() {
        return description;
    }

    public String keySpec() {
        return keySpec;
    }

    public String keyUsage() {
        return keyUsage;
    }

    public String keyState() {
        return keyState;
    }

    public String origin() {
        return origin;
    }

    public String protectionLevel() {
        return protectionLevel;
    }

    public String creator() {
        return creator;
    }

    /** None once it was destroyed. */
    public byte @Nullable [] wrappedMaterial() {
        return wrappedMaterial;
    }

    /** The id of the version that encrypts. */
    public String primaryVersion() {
        return primaryVersion;
    }

    /** None where the key is not rotated by itself. */
    public @Nullable Duration rotationInterval() {
        return rotationIntervalSeconds == null ? null : Duration.ofSeconds(rotationIntervalSeconds);
    }

    public @Nullable Instant nextRotationAt() {
        return nextRotationAt;
    }

    /** None before the first rotation. */
    public @Nullable Instant lastRotationAt() {
        return lastRotationAt;
    }

    public @Nullable Instant deletionPlannedAt() {
        return deletionPlannedAt;
    }

    public boolean deletionProtected() {
        return deletionProtected;
    }

    /** Why it is protected; empty where nothing was said. */
    public String deletionProtectionNote() {
        return deletionProtectionNote;
    }

    /** As its owner set it; none where the default policy holds. */
    public @Nullable String policy() {
        return policy;
    }

    public String tags() {
        return tags;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
