package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An AccessKey as the table {@code access_key} keeps it: its secret half is encrypted under the root key. */
@Entity
@Table(name = "access_key")
public class StoredAccessKey {
    @Id
    @Column(name = "access_key_id")
    private String accessKeyId;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "principal")
    private String principal;

    @Column(name = "wrapped_secret")
    private byte[] wrappedSecret;

    @Column(name = "active")
    private boolean active;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    protected StoredAccessKey() {}

    /**
     * An active key.
     *
     * @param principal whom it identifies, as {@code root} or {@code user/NAME}
     * @param createdAt on the calendar
     */
    public StoredAccessKey(
            String accessKeyId, String accountId, String principal, byte[] wrappedSecret, Instant createdAt) {
        this.accessKeyId = accessKeyId;
        this.accountId = accountId;
        this.principal = principal;
        this.wrappedSecret = wrappedSecret;
        this.active = true;
        this.createdAt = createdAt;
    }

    public String accessKeyId() {
        return accessKeyId;
    }

    public String accountId() {
        return accountId;
    }

    public String principal() {
        return principal;
    }

    public byte[] wrappedSecret() {
        return wrappedSecret;
    }

    public boolean active() {
        return active;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** On the calendar, and some minutes coarse; null where it was never used. */
    public @Nullable Instant lastUsedAt() {
        return lastUsedAt;
    }
}
