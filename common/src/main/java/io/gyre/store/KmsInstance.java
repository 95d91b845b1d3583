package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

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
    private byte[] wrappedKey;

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

    /** The instance's key, wrapped by the root key. */
    public byte[] wrappedKey() {
        return wrappedKey;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
