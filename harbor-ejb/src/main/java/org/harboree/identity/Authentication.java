// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/**
 * Turns a name and a password into a {@link Caller}, always against the live row.
 *
 * <p>A wrong name costs exactly what a wrong password costs. After some failures the same account is not heard from
 * the same source for a while ({@link LoginThrottle}); no thread sleeps for it.
 */
@ApplicationScoped
public class Authentication {
    private UserDao users;
    private Passwords passwords;
    private LoginThrottle throttle;
    private RememberedLogins remembered;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected Authentication() {
    }

    @Inject
    public Authentication(UserDao users, Passwords passwords, LoginThrottle throttle, RememberedLogins remembered,
            UnitOfWork unitOfWork) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
        this.remembered = remembered;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param nameOrEmail user name, else e-mail address
     * @param source where the attempt comes from, usually the client's address
     * @return empty if the credentials are nobody's
     * @throws HarborException TOO_MANY_REQUESTS with the seconds to wait, after too many failures of this account from
     *     this source, or if too many passwords are being checked
     */
    public Optional<Caller> authenticate(String nameOrEmail, String password, String source) {
        if (nameOrEmail.isEmpty() || !Passwords.isPossible(password)) {
            return Optional.empty();
        }
        Optional<User> user = unitOfWork.call(() -> users.findByLogin(nameOrEmail));
        if (user.isPresent() && remembered.contains(user.get(), password)) {
            return user.map(Authentication::caller);
        }
        String account = user.map(User::username).orElse(nameOrEmail);
        throttle.requireOpen(account, source);
        if (!matches(user, password)) {
            throttle.failed(account, source);
            return Optional.empty();
        }
        throttle.succeeded(account, source);
        return user.map(known -> welcome(known, password));
    }

    /** The caller behind an id of a session or token; empty once the user is deleted. */
    public Optional<Caller> callerOf(long userId) {
        return unitOfWork.call(() -> users.find(userId)).map(Authentication::caller);
    }

    private boolean matches(Optional<User> user, String password) {
        if (user.isEmpty()) {
            passwords.matchNobody(password);
            return false;
        }
        return passwords.matches(user.get().passwordHash(), password, () -> remembered.contains(user.get(), password));
    }

    private Caller welcome(User user, String password) {
        if (passwords.isOutdated(user.passwordHash())) {
            upgrade(user, password);
        }
        remembered.add(user, password);
        return caller(user);
    }

    private void upgrade(User user, String password) {
        String fresh = passwords.hash(password);
        unitOfWork.run(() -> users.lock(user.id())
                .filter(live -> live.passwordHash().equals(user.passwordHash()))
                .ifPresent(live -> live.changePassword(fresh)));
    }

    private static Caller caller(User user) {
        return new Caller(Caller.Kind.USER, user.id(), user.username(), user.isSysadmin());
    }
}
