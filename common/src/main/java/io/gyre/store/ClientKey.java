package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What logs in to an application access point; its private half is with the program alone. */
@Entity
@Table(name = "client_key")
public class ClientKey {
    @Id
    @Column(name = "client_key_id")
    private String clientKeyId;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "access_point")
    private String accessPoint;

    @Column(name = "public_key")
    private byte[] publicKey;

    @Column(name = "not_before")
    private Instant notBefore;

    @Column(name = "not_after")
    private Instant notAfter;

    @Column(name = "created_at")
    private Instant createdAt;

    protected ClientKey() {}

    public String clientKeyId() {
        return clientKeyId;
    }

    public String accountId() {
        return accountId;
    }

    public String accessPoint() {
        return accessPoint;
    }

    /** A SubjectPublicKeyInfo (RFC 5280). */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** On the wall clock, as the two times below. */
    public Instant notBefore() {
        return notBefore;
    }

    public Instant notAfter() {
        return notAfter;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
