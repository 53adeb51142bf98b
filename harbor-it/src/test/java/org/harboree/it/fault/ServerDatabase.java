// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.it.launcher.LauncherRun;

/** The database of a launcher's run, for what no API shows or brings about. */
final class ServerDatabase implements AutoCloseable {
    private static final String USER = "harbor";
    private static final Pattern PASSWORD = Pattern.compile("IDENTIFIED BY '([^']+)'");

    private final Connection connection;
    private final String url;
    private final String password;

    private ServerDatabase(String url, String password) throws SQLException {
        this.url = url;
        this.password = password;
        connection = DriverManager.getConnection(url + "?sslMode=DISABLED", USER, password);
    }

    /** @param data the launcher's data folder */
    static ServerDatabase of(LauncherRun run, Path data) throws IOException, SQLException {
        String port = Arrays.stream(Files.readString(Path.of("/proc", "" + run.child("database").pid(), "cmdline"))
                        .split("\0"))
                .filter(option -> option.startsWith("--port=")).findFirst().orElseThrow().substring("--port=".length());
        Matcher password = PASSWORD.matcher(Files.readString(data.resolve("secrets").resolve("database-accounts.sql")));
        if (!password.find()) {
            throw new AssertionError("no password in the file of accounts");
        }
        return new ServerDatabase("jdbc:mysql://127.0.0.1:" + port + "/harbor", password.group(1));
    }

    /** What tells another server to work on this database. */
    Map<String, String> settings() {
        return Map.of("HARBOR_DB_URL", url, "HARBOR_DB_USER", USER, "HARBOR_DB_PASSWORD", password);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row; empty where there is none. */
    String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /** Waits until it has that value; @return the milliseconds that it took */
    long await(String sql, String value, long limitMillis) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        String last;
        do {
            last = value(sql);
            if (last.equals(value)) {
                return (System.nanoTime() - start) / 1_000_000;
            }
            Thread.sleep(50);
        } while (System.nanoTime() - start < limitMillis * 1_000_000);
        throw new AssertionError(sql + " gives " + last + ", not " + value + ", after " + limitMillis + " ms");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
