package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** One of the materials that a key has had, wrapped by the key of its instance. It never changes. */
@Entity
@IdClass(KmsKeyVersion.Key.class)
@Table(name = "kms_key_version")
public class KmsKeyVersion {
    /** What tells versions apart. */
    public record Key(String keyId, String keyVersionId) {}

    @Id
    @Column(name = "key_id")
    private String keyId;

    @Id
    @Column(name = "key_version_id")
    private String keyVersionId;

    @Column(name = "wrapped_material")
    private byte[] wrappedMaterial;

    @Column(name = "created_at")
    private Instant createdAt;

    protected KmsKeyVersion() {}

    /** @param createdAt on the calendar */
    public KmsKeyVersion(String keyId, String keyVersionId, byte[] wrappedMaterial, Instant createdAt) {
        this.keyId = keyId;
        this.keyVersionId = keyVersionId;
        this.wrappedMaterial = wrappedMaterial;
        this.createdAt = createdAt;
    }

    public String keyId() {
        return keyId;
    }

    public String keyVersionId() {
        return keyVersionId;
    }

    public byte[] wrappedMaterial() {
        return wrappedMaterial;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
