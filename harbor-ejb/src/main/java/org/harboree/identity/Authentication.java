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
        return verified(nameOrEmail, password, source).map(Authentication::caller);
    }

    /**
     * Begins what outlives the request: a session of a browser. Parameters and errors as {@link #authenticate}.
     *
     * @return what the session keeps, and {@link #resume} is asked with
     */
    public Optional<SignIn> signIn(String nameOrEmail, String password, String source) {
        return verified(nameOrEmail, password, source).map(SignIn::of);
    }

    /**
     * The caller of a session, by the live row; empty once the user is deleted, has another password, or was made an
     * administrator or is none any more: then the session is over, on every node.
     */
    public Optional<Caller> resume(SignIn signIn) {
        return unitOfWork.call(() -> users.find(signIn.userId())).filter(signIn::isStillOf).map(Authentication::caller);
    }

    private Optional<User> verified(String nameOrEmail, String password, String source) {
        if (nameOrEmail.isEmpty() || !Passwords.isPossible(password)) {
            return Optional.empty();
        }
        Optional<User> user = unitOfWork.call(() -> users.findByLogin(nameOrEmail));
        if (user.isPresent() && remembered.contains(user.get(), password)) {
            return user;
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

    private User welcome(User user, String password) {
        User current = passwords.isOutdated(user.passwordHash()) ? upgraded(user, password) : user;
        remembered.add(current, password);
        return current;
    }

    /** The row with a hash of today's strength; as it was if the password was changed meanwhile. */
    private User upgraded(User user, String password) {
        String fresh = passwords.hash(password);
        return unitOfWork.call(() -> users.lock(user.id())
                .filter(live -> live.passwordHash().equals(user.passwordHash()))
                .map(live -> {
                    live.changePassword(fresh);
                    return live;
                })).orElse(user);
    }

    private static Caller caller(User user) {
        return new Caller(Caller.Kind.USER, user.id(), user.username(), user.isSysadmin());
    }
}
