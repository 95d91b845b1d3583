package io.gyre.store;

import io.gyre.envelope.SealedVersion;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One value of a secret, encrypted. It never changes; only its stage labels move. */
@Entity
@Table(name = "secret_version")
@IdClass(SecretVersion.Key.class)
public class SecretVersion {
    /** A version id is unique within its secret. */
    public record Key(long secretId, String versionId) {}

    @Id
    @Column(name = "secret_id")
    private long secretId;

    @Id
    @Column(name = "version_id")
    private String versionId;

    @Column(name = "data_type")
    private String dataType;

    @Column(name = "credential_name")
    private @Nullable String credentialName;

    @Column(name = "key_id")
    private String keyId;

    @Column(name = "wrapped_data_key")
    private byte[] wrappedDataKey;

    @Column(name = "ciphertext")
    private byte[] ciphertext;

    @Column(name = "pending")
    private boolean pending;

    @Column(name = "created_at")
    private Instant createdAt;

    protected SecretVersion() {}

    /**
     * @param dataType {@code text} or {@code binary}
     * @param credentialName what the credential is called at its target; none for a Generic secret
     * @param pending whether it is the candidate of a running rotation, which the wire never shows
     * @param createdAt on the calendar
     */
    public SecretVersion(
            long secretId,
            String versionId,
            String dataType,
            @Nullable String credentialName,
            String keyId,
            SealedVersion sealed,
            boolean pending,
            Instant createdAt) {
        this.secretId = secretId;
        this.versionId = versionId;
        this.dataType = dataType;
        this.credentialName = credentialName;
        this.keyId = keyId;
        this.wrappedDataKey = sealed.wrappedDataKey();
        this.ciphertext = sealed.ciphertext();
        this.pending = pending;
        this.createdAt = createdAt;
    }

    public long secretId() {
        return secretId;
    }

    public String versionId() {
        return versionId;
    }

    public String dataType() {
        return dataType;
    }

    public @Nullable String credentialName() {
        return credentialName;
    }

    public String keyId() {
        return keyId;
    }

    public SealedVersion sealed() {
        return new SealedVersion(wrappedDataKey, ciphertext);
    }

    public boolean pending() {
        return pending;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
