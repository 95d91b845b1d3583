package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** A KMS instance, or an account's share of KMS 1.0; see {@link #sharedBy}. */
@Entity
@Table(name = "kms_instance")
public class KmsInstance {
    private static final String SHARED = "shared/";

    @Id
    @Column(name = "instance_id")
    private String instanceId;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "wrapped_key")
    private byte @Nullable [] wrappedKey;

    private String name;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "released_at")
    private @Nullable Instant releasedAt;

    /** As of the moment of the statement that read the row. */
    @Formula("instance_usable(expires_at)")
    private boolean usable;

    @Column(name = "key_rotated_at")
    private @Nullable Instant keyRotatedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    protected KmsInstance() {}

    /** The id of the row for an account's keys and secrets that belong to no instance (KMS 1.0). */
    public static String sharedBy(String accountId) {
        return SHARED + accountId;
    }

    public String instanceId() {
        return instanceId;
    }

    public String accountId() {
        return accountId;
    }

    /** Whether it stands for KMS 1.0, which callers do not see as an instance. */
    public boolean shared() {
        return instanceId.startsWith(SHARED);
    }

    /** For people; may be empty. */
    public String name() {
        return name;
    }

    /**
     * The instance's key, wrapped by the root key.
     *
     * @throws NullPointerException for an instance that was released
     */
    public byte[] wrappedKey() {
        return Objects.requireNonNull(wrappedKey, "the key of an instance that was not released");
    }

    /** On the calendar; null where it does not end. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** On the calendar; null until then. */
    public @Nullable Instant releasedAt() {
        return releasedAt;
    }

    /** When its key was last rotated, on the calendar; null if never. */
    public @Nullable Instant keyRotatedAt() {
        return keyRotatedAt;
    }

    /** Whether it had not expired when it was read, by the statement that read it. */
    public boolean usable() {
        return usable;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
