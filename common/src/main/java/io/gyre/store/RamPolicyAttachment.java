package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A policy that speaks for a user or a role. */
@Entity
@IdClass(RamPolicyAttachment.Key.class)
@Table(name = "ram_policy_attachment")
public class RamPolicyAttachment {
    /** A policy is attached to a principal once. */
    public record Key(String accountId, String principal, String policyType, String policyName) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "principal")
    private String principal;

    @Id
    @Column(name = "policy_type")
    private String policyType;

    @Id
    @Column(name = "policy_name")
    private String policyName;

    @Column(name = "attached_at")
    private Instant attachedAt;

    protected RamPolicyAttachment() {}

    public String accountId() {
        return accountId;
    }

    public String principal() {
        return principal;
    }

    public String policyType() {
        return policyType;
    }

    public String policyName() {
        return policyName;
    }

    /** On the calendar. */
    public Instant attachedAt() {
        return attachedAt;
    }
}
