// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/**
 * An account.
 *
 * <p>Life: created by an administrator, by self-registration or as the first administrator; changed; deleted once, by
 * which its name and e-mail address become free while the row keeps its id for the audit trail. Ids are never reused.
 */
@Entity
@Table(name = "harbor_user")
public class User {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "user_id")
    private Long id;

    @Column(name = "username", nullable = false, length = 300)
    private String username;

    @Column(name = "username_key", nullable = false, length = 540)
    private String usernameKey;

    @Column(name = "email", length = 300)
    private String email;

    @Column(name = "email_key", length = 540)
    private String emailKey;

    @Column(name = "password", nullable = false)
    private String passwordHash;

    @Column(name = "realname")
    private String realname;

    @Column(name = "comment", length = 30)
    private String comment;

    @Column(name = "sysadmin_flag", nullable = false)
    private boolean sysadmin;

    @Column(name = "deleted", nullable = false)
    private boolean deleted;

    @Column(name = "creation_time", insertable = false, updatable = false)
    private Instant creationTime;

    @Column(name = "update_time", insertable = false, updatable = false)
    private Instant updateTime;

    /** For Hibernate. */
    protected User() {
    }

    User(String username, String passwordHash, Profile profile) {
        this.username = username;
        this.usernameKey = NameKey.of(username);
        this.passwordHash = passwordHash;
        change(profile);
    }

    public long id() {
        return id;
    }

    public String username() {
        return username;
    }

    public Profile profile() {
        return new Profile(email, realname, comment);
    }

    public boolean isSysadmin() {
        return sysadmin;
    }

    /** By the database's clock; empty until the row was read back. */
    public Optional<Instant> creationTime() {
        return Optional.ofNullable(creationTime);
    }

    /** By the database's clock; empty until the row was read back. */
    public Optional<Instant> updateTime() {
        return Optional.ofNullable(updateTime);
    }

    String passwordHash() {
        return passwordHash;
    }

    void change(Profile profile) {
        this.email = profile.email().orElse(null);
        this.emailKey = profile.email().map(NameKey::of).orElse(null);
        this.realname = profile.realname().orElse(null);
        this.comment = profile.comment().orElse(null);
    }

    void changePassword(String hash) {
        this.passwordHash = hash;
    }

    void setSysadmin(boolean sysadmin) {
        this.sysadmin = sysadmin;
    }

    /** Frees name and e-mail address, and leaves nothing to log in with. */
    void delete() {
        String suffix = "#" + id;
        username = username + suffix;
        usernameKey = usernameKey + suffix;
        email = email == null ? null : email + suffix;
        emailKey = emailKey == null ? null : emailKey + suffix;
        passwordHash = "";
        sysadmin = false;
        deleted = true;
    }
}
