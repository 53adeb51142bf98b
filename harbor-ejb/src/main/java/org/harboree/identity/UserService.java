// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.UnitOfWork;

/**
 * Accounts, under Harbor's rules.
 *
 * <p>SUPPORTS lets a call inside a running {@link UnitOfWork} join it; bean-managed transactions would suspend it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class UserService {
    /** Harbor's built-in administrator. */
    public static final long FIRST_ADMIN = 1;

    /** What {@link #list} can be filtered and sorted by. */
    public static final Map<String, Query.Kind> KEYS = ListQuery.kinds(UserDao.COLUMNS);

    /** The order where none is asked for. */
    public static final Sort BY_NAME = Sort.by(new Sort.Key("username", false));

    /** Stands for the source when an old password is asked for inside a session. */
    private static final String PASSWORD_CHANGE = "password-change";

    private AccessGuard guard;
    private UserDao users;
    private Passwords passwords;
    private LoginThrottle throttle;
    private Settings settings;
    private UnitOfWork unitOfWork;
    private Consumer<UserRevoked> revoked;

    /** For the container's proxies. */
    public UserService() {
    }

    @Inject
    UserService(AccessGuard guard, UserDao users, Passwords passwords, LoginThrottle throttle, Settings settings,
            UnitOfWork unitOfWork, Event<UserRevoked> revoked) {
        this(guard, users, passwords, throttle, settings, unitOfWork, (Consumer<UserRevoked>) revoked::fire);
    }

    UserService(AccessGuard guard, UserDao users, Passwords passwords, LoginThrottle throttle, Settings settings,
            UnitOfWork unitOfWork, Consumer<UserRevoked> revoked) {
        this.guard = guard;
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.settings = settings;
        this.unitOfWork = unitOfWork;
        this.revoked = revoked;
    }

    /**
     * Makes an account, by a system administrator, or by anybody where self-registration is on.
     *
     * @return its id
     * @throws HarborException BAD_REQUEST, CONFLICT (name or address in use, in any case or with any accent),
     *     UNAUTHORIZED, FORBIDDEN
     */
    public long create(Caller caller, NewUser user) {
        if (!settings.selfRegistration()) {
            guard.requireSysadmin(caller);
        }
        user.requireValid();
        String hash = passwords.hash(user.password());
        return unitOfWork.call(() -> users.insert(new User(user.username(), hash, user.profile())));
    }

    /** The account, for itself and for system administrators. @throws HarborException NOT_FOUND, FORBIDDEN */
    public User get(Caller caller, long id) {
        requireSelfOrSysadmin(caller, id);
        return unitOfWork.call(() -> users.find(id)).orElseThrow(() -> missing(id));
    }

    /** Id and name of a live user, for everybody who is logged in. @throws HarborException UNAUTHORIZED */
    public Optional<UserName> findName(Caller caller, long id) {
        guard.requireLogin(caller);
        return unitOfWork.call(() -> users.find(id)).map(UserService::name);
    }

    /** As {@link #findName(Caller, long)}, by the exact user name. */
    public Optional<UserName> findName(Caller caller, String username) {
        guard.requireLogin(caller);
        return unitOfWork.call(() -> users.findByName(username)).map(UserService::name);
    }

    /** All accounts, for system administrators. @throws HarborException UNAUTHORIZED, FORBIDDEN */
    public Page<User> list(Caller caller, UserFilter filter, Sort sort, PageRequest page) {
        guard.requireSysadmin(caller);
        return unitOfWork.call(() -> users.list(filter, sort, page));
    }

    /**
     * The users whose name contains the text, for everybody who is logged in, who then may add one to a project.
     *
     * @throws HarborException UNAUTHORIZED
     */
    public Page<UserName> search(Caller caller, String namePart, PageRequest page) {
        guard.requireLogin(caller);
        UserFilter filter = new UserFilter(Optional.of(namePart), Optional.empty(), Query.none());
        return unitOfWork.call(() -> users.list(filter, BY_NAME, page)).map(UserService::name);
    }

    /** @throws HarborException BAD_REQUEST, CONFLICT (address in use), NOT_FOUND, UNAUTHORIZED, FORBIDDEN */
    public void updateProfile(Caller caller, long id, Profile profile) {
        requireSelfOrSysadmin(caller, id);
        profile.requireComplete();
        unitOfWork.run(() -> {
            User user = users.lock(id).orElseThrow(() -> missing(id));
            user.change(profile);
            users.update(user);
        });
    }

    /**
     * Sets a password and revokes what the user holds.
     *
     * @param oldPassword needed for one's own account, whoever one is
     * @throws HarborException FORBIDDEN if the old password is wrong, BAD_REQUEST if the new one breaks the rules or
     *     is the old one, TOO_MANY_REQUESTS after too many wrong ones, NOT_FOUND, UNAUTHORIZED
     */
    public void changePassword(Caller caller, long id, Optional<String> oldPassword, String newPassword) {
        requireSelfOrSysadmin(caller, id);
        User user = unitOfWork.call(() -> users.find(id)).orElseThrow(() -> missing(id));
        if (caller.userId() == id) {
            requireOldPassword(user, oldPassword.orElse(""));
        }
        PasswordRules.require(newPassword);
        if (passwords.matches(user.passwordHash(), newPassword)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the new password can not be same with the old one")
                    .because(Reason.PASSWORD_NOT_NEW);
        }
        String hash = passwords.hash(newPassword);
        unitOfWork.run(() -> {
            User live = users.lock(id).orElseThrow(() -> missing(id));
            if (!live.passwordHash().equals(user.passwordHash())) {
                throw new HarborException(ErrorCode.CONFLICT, "the password was changed meanwhile")
                    .because(Reason.PASSWORD_CHANGED_MEANWHILE);
            }
            live.changePassword(hash);
            unitOfWork.afterCommit(() -> revoked.accept(new UserRevoked(id)));
        });
    }

    /**
     * Makes a user a system administrator, or no longer one.
     *
     * @throws HarborException BAD_REQUEST for oneself and for the last administrator, NOT_FOUND, UNAUTHORIZED,
     *     FORBIDDEN
     */
    public void setSysadmin(Caller caller, long id, boolean sysadmin) {
        guard.requireSysadmin(caller);
        if (caller.userId() == id) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "nobody can change the administrator flag of themselves")
                    .because(Reason.OWN_ADMINISTRATOR_FLAG);
        }
        unitOfWork.run(() -> {
            List<User> sysadmins = users.lockSysadmins();
            User user = users.lock(id).orElseThrow(() -> missing(id));
            if (!sysadmin) {
                requireAnother(sysadmins, user);
                unitOfWork.afterCommit(() -> revoked.accept(new UserRevoked(id)));
            }
            user.setSysadmin(sysadmin);
        });
    }

    /**
     * Deletes a user; the name is free again, the id stays taken.
     *
     * @throws HarborException FORBIDDEN for oneself and the first administrator, BAD_REQUEST for the last
     *     administrator, NOT_FOUND, UNAUTHORIZED
     */
    public void delete(Caller caller, long id) {
        guard.requireSysadmin(caller);
        if (id == FIRST_ADMIN || id == caller.userId()) {
            throw new HarborException(ErrorCode.FORBIDDEN, "user with ID " + id + " cannot be deleted")
                    .because(Reason.USER_STAYS);
        }
        unitOfWork.run(() -> {
            List<User> sysadmins = users.lockSysadmins();
            User user = users.lock(id).orElseThrow(() -> missing(id));
            requireAnother(sysadmins, user);
            user.delete();
            unitOfWork.afterCommit(() -> revoked.accept(new UserRevoked(id)));
        });
    }

    private void requireSelfOrSysadmin(Caller caller, long id) {
        if (caller.kind() != Caller.Kind.USER || caller.userId() != id) {
            guard.requireSysadmin(caller);
        }
    }

    private void requireOldPassword(User user, String oldPassword) {
        throttle.requireOpen(user.username(), PASSWORD_CHANGE);
        if (!Passwords.isPossible(oldPassword) || !passwords.matches(user.passwordHash(), oldPassword)) {
            throttle.failed(user.username(), PASSWORD_CHANGE);
            throw new HarborException(ErrorCode.FORBIDDEN, "Current password is incorrect")
                    .because(Reason.PASSWORD_WRONG);
        }
        throttle.succeeded(user.username(), PASSWORD_CHANGE);
    }

    private static void requireAnother(List<User> sysadmins, User leaving) {
        if (leaving.isSysadmin() && sysadmins.size() < 2) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the last administrator cannot go")
                    .because(Reason.LAST_ADMINISTRATOR);
        }
    }

    private static UserName name(User user) {
        return new UserName(user.id(), user.username());
    }

    private static HarborException missing(long id) {
        return new HarborException(ErrorCode.NOT_FOUND, "user " + id + " not found");
    }
}
