// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.harboree.transaction.UnitOfWork;

/** Harbor's user {@code admin} with the id 1, made at the first start. */
@ApplicationScoped
public class FirstAdmin {
    private static final String NAME = "admin";
    private static final String PASSWORD = "HARBOR_ADMIN_PASSWORD";
    private static final String PASSWORD_FILE = "HARBOR_ADMIN_PASSWORD_FILE";

    private Map<String, String> environment;
    private UserDao users;
    private Passwords passwords;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected FirstAdmin() {
    }

    @Inject
    FirstAdmin(UserDao users, Passwords passwords, UnitOfWork unitOfWork) {
        this(System.getenv(), users, passwords, unitOfWork);
    }

    /** @param environment what stands for the process environment */
    public FirstAdmin(Map<String, String> environment, UserDao users, Passwords passwords, UnitOfWork unitOfWork) {
        this.environment = Map.copyOf(environment);
        this.users = users;
        this.passwords = passwords;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Does nothing if there is a system administrator. The password comes from {@code HARBOR_ADMIN_PASSWORD}, else from
     * the file that {@code HARBOR_ADMIN_PASSWORD_FILE} names; there is no default that an attacker could know.
     *
     * @throws IllegalStateException if there is neither
     */
    public void ensure() {
        if (unitOfWork.call(users::hasSysadmin)) {
            return;
        }
        String hash = passwords.hash(password());
        unitOfWork.run(() -> users.insertFirstSysadmin(NAME, hash));
    }

    private String password() {
        String password = environment.getOrDefault(PASSWORD, "");
        String file = environment.getOrDefault(PASSWORD_FILE, "");
        if (password.isEmpty() && !file.isEmpty()) {
            password = read(Path.of(file));
        }
        if (!Passwords.isPossible(password)) {
            throw new IllegalStateException("there is no administrator yet: set " + PASSWORD + " or " + PASSWORD_FILE);
        }
        return password;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the file of " + PASSWORD_FILE + " cannot be read", e);
        }
    }
}
