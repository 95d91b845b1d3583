package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** Source addresses from which the client keys of access points may be used. */
@Entity
@IdClass(NetworkRule.Key.class)
@Table(name = "network_rule")
public class NetworkRule {
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

    @Column(name = "sources")
    private String sources;

    @Column(name = "created_at")
    private Instant createdAt;

    protected NetworkRule() {}

    public String accountId() {
        return accountId;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** Addresses and ranges, a JSON array of texts. */
    public String sources() {
        return sources;
    }

    /** On the calendar. */
    public Instant createdAt() {
        return createdAt;
    }
}
