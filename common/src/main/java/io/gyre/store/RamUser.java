package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A RAM user: a person or a program of the account. */
@Entity
@IdClass(RamUser.Key.class)
@Table(name = "ram_user")
public class RamUser {
    /** An account has a name once. */
    public record Key(String accountId, String userName) {}

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Id
    @Column(name = "user_name")
    private String userName;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "mobile_phone")
    private String mobilePhone;

    @Column(name = "email")
    private String email;

    @Column(name = "comments")
    private String comments;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected RamUser() {}

    public String accountId() {
        return accountId;
    }

    public String userName() {
        return userName;
    }

    /** 18 digits; another user's, should the name be given again. */
    public String userId() {
        return userId;
    }

    public String displayName() {
        return displayName;
    }

    public String mobilePhone() {
        return mobilePhone;
    }

    public String email() {
        return email;
    }

    public String comments() {
        return comments;
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
