package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A policy that the account wrote itself (type Custom); what it says stands in its versions. */
@Entity
@IdClass(RamPolicy.Key.class)
@Table(name = "ram_policy")
public class RamPolicy {
    /** An account has a name once. */
    public record Key(String accountId, String policyName) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "policy_name")
    private String policyName;

    @Column(name = "description")
    private String description;

    @Column(name = "default_version")
    private String defaultVersion;

    @Column(name = "versions_made")
    private int versionsMade;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected RamPolicy() {}

    public String accountId() {
        return accountId;
    }

    public String policyName() {
        return policyName;
    }

    public String description() {
        return description;
    }

    /** The version that counts. */
    public String defaultVersion() {
        return defaultVersion;
    }

    /** How many versions it ever had, deleted ones included. */
    public int versionsMade() {
        return versionsMade;
    }

    /** On the calendar. */
    public Instant createdAt() {
        return createdAt;
    }

    /** On the calendar. */
    public Instant updatedAt() {
        return updatedAt;
    }
}
