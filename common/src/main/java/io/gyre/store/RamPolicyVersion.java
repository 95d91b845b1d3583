package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** One wording of a custom policy; it never changes. */
@Entity
@IdClass(RamPolicyVersion.Key.class)
@Table(name = "ram_policy_version")
public class RamPolicyVersion {
    /** A policy has a version once. */
    public record Key(String accountId, String policyName, String versionId) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "policy_name")
    private String policyName;

    @Id
    @Column(name = "version_id")
    private String versionId;

    @Column(name = "document")
    private String document;

    @Column(name = "created_at")
    private Instant createdAt;

    protected RamPolicyVersion() {}

    public String accountId() {
        return accountId;
    }

    public String policyName() {
        return policyName;
    }

    public String versionId() {
        return versionId;
    }

    /** The JSON object as its author set it. */
    public String document() {
        return document;
    }

    /** On the calendar. */
    public Instant createdAt() {
        return createdAt;
    }
}
