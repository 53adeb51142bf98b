// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.harboree.access.AccessGuard;
import org.harboree.access.Caller;
import org.harboree.config.PropertyDao;
import org.harboree.config.Settings;
import org.harboree.database.TestDatabase;
import org.harboree.transaction.UnitOfWork;

/** What the container wires in production, over a test database and with cheap hashes; also for tests of projects. */
public final class Accounts {
    public static final String PASSWORD = "Secret123";

    final UnitOfWork unitOfWork;
    final UserDao users;
    final Passwords passwords = new Passwords(10, 4, 30);
    final LoginThrottle throttle;
    final Settings settings;
    final UserService service;
    final Authentication authentication;
    final List<UserRevoked> revoked = new ArrayList<>();

    /** @param environment of the settings */
    public Accounts(TestDatabase database, Map<String, String> environment) {
        unitOfWork = database.unitOfWork();
        users = new UserDao(database.entityManager());
        throttle = new LoginThrottle(new LoginFailureDao(database.entityManager()), unitOfWork);
        settings = new Settings(environment, new PropertyDao(database.entityManager()), unitOfWork);
        AccessGuard guard = new AccessGuard((caller, projectId) -> Set.of());
        service = new UserService(guard, users, passwords, throttle, settings, unitOfWork, revoked::add);
        authentication = new Authentication(users, passwords, throttle, new RememberedLogins(), unitOfWork);
    }

    public UserService service() {
        return service;
    }

    /** With {@link #PASSWORD}. */
    public FirstAdmin firstAdmin() {
        return new FirstAdmin(Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD), users, passwords, unitOfWork);
    }

    /** Makes the administrator with the id 1, unless there is one. */
    public Caller admin() {
        firstAdmin().ensure();
        return authentication.callerOf(UserService.FIRST_ADMIN).orElseThrow();
    }

    /** Makes a user with {@link #PASSWORD}. */
    public Caller user(String name) {
        return authentication.callerOf(service.create(Caller.system(), newUser(name))).orElseThrow();
    }

    static NewUser newUser(String name) {
        return new NewUser(name, new Profile(name + "@example.org", "Real " + name, "comment"), PASSWORD);
    }
}
