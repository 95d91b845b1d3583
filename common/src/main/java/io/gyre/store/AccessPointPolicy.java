package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** What an application access point may do in one KMS instance. */
@Entity
@IdClass(AccessPointPolicy.Key.class)
@Table(name = "access_point_policy")
public class AccessPointPolicy {
    /** An account has a name once. */
    public record Key(String accountId, String name) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "instance_id")
    private String instanceId;

    @Column(name = "description")
    private String description;

    @Column(name = "permissions")
    private String permissions;

    @Column(name = "resources")
    private String resources;

    @Column(name = "created_at")
    private Instant createdAt;

    protected AccessPointPolicy() {}

    public String accountId() {
        return accountId;
    }

    public String name() {
        return name;
    }

    public String instanceId() {
        return instanceId;
    }

    public String description() {
        return description;
    }

    /** The names of templates, a JSON array of texts. */
    public String permissions() {
        return permissions;
    }

    /** Keys and secrets, a JSON array of texts. */
    public String resources() {
        return resources;
    }

    /** On the calendar. */
    public Instant createdAt() {
        return createdAt;
    }
}
