// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.Constraints;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;

/** The table {@code harbor_user}. "Live" is what was not deleted. */
@Dependent
public class UserDao {
    /** What a list of users can be filtered and sorted by. */
    static final Map<String, Column> COLUMNS = Map.of(
            "user_id", new Column("u.id", Kind.INTEGER),
            "username", new Column("u.username", Kind.TEXT),
            "email", new Column("u.email", Kind.TEXT),
            "realname", new Column("u.realname", Kind.TEXT),
            "sysadmin_flag", new Column("u.sysadmin", Kind.FLAG),
            "creation_time", new Column("u.creationTime", Kind.TIME),
            "update_time", new Column("u.updateTime", Kind.TIME));

    private static final String LIVE = "select u from User u where u.deleted = false";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public UserDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public UserDao(EntityManager entities) {
        this.entities = entities;
    }

    Optional<User> find(long id) {
        return one("id", id);
    }

    Optional<User> findByName(String username) {
        return one("username", username);
    }

    /** By user name, else by e-mail address. */
    Optional<User> findByLogin(String nameOrEmail) {
        Optional<User> byName = findByName(nameOrEmail);
        return byName.isPresent() ? byName : one("emailKey", NameKey.of(nameOrEmail));
    }

    /** The live row, locked until the transaction ends. */
    Optional<User> lock(long id) {
        return entities.createQuery(LIVE + " and u.id = :id", User.class).setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    /** All system administrators, locked in the order of their ids, so that two cannot remove one another. */
    List<User> lockSysadmins() {
        return entities.createQuery(LIVE + " and u.sysadmin = true order by u.id", User.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
    }

    Page<User> list(UserFilter filter, Sort sort, PageRequest page) {
        ListQuery<User> query = new ListQuery<User>("User u", COLUMNS).where("u.deleted = false")
                .where(filter.query());
        filter.username().ifPresent(part -> query.whereContains("username", part));
        filter.email().ifPresent(part -> query.whereContains("email", part));
        return query.read(entities, "u", User.class, sort, "u.id", page);
    }

    boolean hasSysadmin() {
        return entities.createQuery("select count(u) from User u where u.deleted = false and u.sysadmin = true",
                Long.class).getSingleResult() > 0;
    }

    /** @return the new id. @throws HarborException CONFLICT if the name or the address is somebody's */
    long insert(User user) {
        try {
            requireNoMixUp(user, 0);
            entities.persist(user);
            entities.flush();
            return user.id();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, UserDao::taken);
        }
    }

    /** Writes what was changed now. @throws HarborException CONFLICT if the address is somebody's */
    void update(User user) {
        try {
            // The query in it writes the change before it reads.
            requireNoMixUp(user, user.id());
            entities.flush();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, UserDao::taken);
        }
    }

    /** The first administrator has Harbor's id 1; a node that starts at the same time may have been faster. */
    void insertFirstSysadmin(String username, String passwordHash) {
        entities.createNativeQuery("INSERT INTO harbor_user (user_id, username, username_key, password, realname,"
                + " sysadmin_flag) VALUES (1, :name, :key, :hash, 'system admin', TRUE)"
                + " ON DUPLICATE KEY UPDATE user_id = user_id")
                .setParameter("name", username).setParameter("key", NameKey.of(username))
                .setParameter("hash", passwordHash).executeUpdate();
    }

    private Optional<User> one(String attribute, Object value) {
        return entities.createQuery(LIVE + " and u." + attribute + " = :value", User.class)
                .setParameter("value", value).getResultStream().findFirst();
    }

    /** A name that is somebody else's address would catch that user's logins, and the other way round. */
    private void requireNoMixUp(User user, long self) {
        String email = user.profile().email().map(NameKey::of).orElse("");
        long others = entities.createQuery("select count(u) from User u where u.id <> :self and u.deleted = false"
                + " and (u.emailKey = :name or u.usernameKey = :email)", Long.class)
                .setParameter("self", self).setParameter("name", NameKey.of(user.username()))
                .setParameter("email", email).getSingleResult();
        if (others > 0) {
            throw taken();
        }
    }

    private static HarborException taken() {
        return new HarborException(ErrorCode.CONFLICT, "the user name or e-mail address is in use already")
                .because(Reason.USER_TAKEN);
    }
}
