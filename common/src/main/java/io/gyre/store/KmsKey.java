package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key, its material wrapped by the key of its instance. Its words are those of the wire. */
@Entity
@Table(name = "kms_key")
public class KmsKey {
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
    private byte[] wrappedMaterial;

    @Column(name = "created_at")
    private Instant createdAt;

    protected KmsKey() {}

    /**
     * An enabled symmetric key of Gyre's making, for encryption in software: {@code Aliyun_AES_256}.
     *
     * @param creator the account
     * @param createdAt on the calendar
     */
    public KmsKey(
            String keyId,
            KmsInstance instance,
            String description,
            String creator,
            byte[] wrappedMaterial,
            Instant createdAt) {
        this.keyId = keyId;
        this.accountId = instance.accountId();
        this.instanceId = instance.instanceId();
        this.description = description;
        this.keySpec = "Aliyun_AES_256";
        this.keyUsage = "ENCRYPT/DECRYPT";
        this.keyState = "Enabled";
        this.origin = "Aliyun_KMS";
        this.protectionLevel = "SOFTWARE";
        this.creator = creator;
        this.wrappedMaterial = wrappedMaterial;
        this.createdAt = createdAt;
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

    public byte[] wrappedMaterial() {
        return wrappedMaterial;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
