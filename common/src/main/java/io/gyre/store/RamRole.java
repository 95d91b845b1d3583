package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A RAM role: permissions that whoever it trusts takes on for a while. */
@Entity
@IdClass(RamRole.Key.class)
@Table(name = "ram_role")
public class RamRole {
    /** An account has a name once. */
    public record Key(String accountId, String roleName) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "role_name")
    private String roleName;

    @Column(name = "role_id")
    private String roleId;

    @Column(name = "description")
    private String description;

    @Column(name = "trust_policy")
    private String trustPolicy;

    @Column(name = "max_session_seconds")
    private int maxSessionSeconds;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected RamRole() {}

    public String accountId() {
        return accountId;
    }

    public String roleName() {
        return roleName;
    }

    /** 18 digits; another role's, should the name be given again. */
    public String roleId() {
        return roleId;
    }

    public String description() {
        return description;
    }

    /** Who may take it on: the JSON object as its owner set it. */
    public String trustPolicy() {
        return trustPolicy;
    }

    /** The longest that a session may last, from 3,600 to 43,200 s. */
    public int maxSessionSeconds() {
        return maxSessionSeconds;
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
