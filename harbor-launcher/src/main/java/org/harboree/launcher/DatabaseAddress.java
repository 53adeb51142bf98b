// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the database is and who we are there.
 *
 * @param url      a {@code jdbc:mysql:} URL
 * @param user     the account's name
 * @param password its password; never printed
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final String CONNECT_TIMEOUT_MILLIS = "10000";

    /**
     * Logs in once.
     *
     * @throws SQLException when the database cannot be reached or does not let us in
     */
    public void check() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_MILLIS);
        properties.setProperty("socketTimeout", CONNECT_TIMEOUT_MILLIS);
        // The driver itself, not DriverManager: Maven runs us in a class loader that DriverManager does not see.
        try (Connection connection = new Driver().connect(url, properties)) {
            connection.isValid(0);
        }
    }

    /** What the driver says, which may go on for many lines, and why, in one line. */
    static String reason(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = firstLine(failure);
        return root == failure ? said : said + ": " + firstLine(root);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
