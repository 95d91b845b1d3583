package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A name that an account gave one of its keys. */
@Entity
@IdClass(KeyAlias.Key.class)
@Table(name = "key_alias")
public class KeyAlias {
    /** An account has a name once. */
    public record Key(String accountId, String name) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "key_id")
    private String keyId;

    protected KeyAlias() {}

    public String accountId() {
        return accountId;
    }

    /** With the {@code alias/} that it begins with. */
    public String name() {
        return name;
    }

    public String keyId() {
        return keyId;
    }
}
