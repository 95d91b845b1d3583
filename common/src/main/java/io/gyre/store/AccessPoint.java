package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** By what programs that hold a client key reach KMS instances. */
@Entity
@IdClass(AccessPoint.Key.class)
@Table(name = "access_point")
public class AccessPoint {
    /** An account has a name once. */
    public record Key(String accountId, String name) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "description")
    private String description;

    @Column(name = "created_at")
    private Instant createdAt;

    protected AccessPoint() {}

    public String accountId() {
        return accountId;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** On the calendar. */
    public Instant createdAt() {
        return createdAt;
    }
}
