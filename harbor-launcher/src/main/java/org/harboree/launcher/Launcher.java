// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs Harbor EE in the foreground: database, then server, then one line that says where it is. SIGTERM and Ctrl-C stop
 * the server first, so that pushes that run can finish, and then the database, within 45 s in all.
 *
 * <p>Exit codes: 0 after a signal, 1 after anything else; the reason is then the one line on standard error.
 */
public final class Launcher {

    private final Settings settings;
    private final Path wildflyHome;
    private final Path mariadbHome;

    private boolean stopping;
    private int exitCode;
    private Optional<Database.Running> database = Optional.empty();
    private Optional<RunningServer> server = Optional.empty();

    /** The server as it runs, and what stops it. */
    private record RunningServer(Server wildfly, Child child) {
    }

    private Launcher(Settings settings, Path wildflyHome, Path mariadbHome) {
        this.settings = settings;
        this.wildflyHome = wildflyHome;
        this.mariadbHome = mariadbHome;
    }

    /**
     * Settings are environment variables ({@link Settings}); the two programs are named by the system properties
     * {@code harbor.wildfly.home} and {@code harbor.mariadb.home}, which the build sets.
     */
    public static void main(String[] arguments) {
        // Connector/J's cleaner thread would only be in the way of the end.
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
        try {
            Settings settings = Settings.parse(System.getenv(), Path.of(System.getProperty("user.dir")));
            Launcher launcher = new Launcher(settings, home("harbor.wildfly.home"), home("harbor.mariadb.home"));
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::stopAndHalt, "harbor-stop"));
            launcher.runUntilFailure();
        } catch (LaunchFailure failure) {
            System.err.println(failure.getMessage());
        }
        // Ends Maven as well. During a stop by signal this call waits for the end, which has another code.
        System.exit(1);
    }

    private static Path home(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(value -> Path.of(value).toAbsolutePath().normalize())
                .orElseThrow(() -> new LaunchFailure(
                        "System property " + property + " is not set; Harbor EE is started with: mvn -Prun"));
    }

    /** Returns when something has failed; a stop by signal ends the process instead. */
    private void runUntilFailure() {
        String reason;
        try {
            run();
            reason = whatEnded();
        } catch (LaunchFailure failure) {
            reason = failure.getMessage();
        } catch (IOException failure) {
            reason = "Harbor EE cannot run: " + failure;
        } catch (InterruptedException interrupted) {
            reason = "Harbor EE was interrupted";
        }
        reportUnlessStopping(reason);
    }

    private synchronized void reportUnlessStopping(String reason) {
        if (!stopping) {
            exitCode = 1;
            System.err.println(reason);
        }
    }

    private void run() throws IOException, InterruptedException {
        DataFolder data = DataFolder.open(settings.data());
        Secrets secrets = new Secrets(data.secrets());
        Server wildfly = new Server(wildflyHome, settings, data);
        Database mariadb = new Database(mariadbHome, data);
        wildfly.stopLeftOver();
        mariadb.stopLeftOver();
        wildfly.checkPort();

        DatabaseAddress address = settings.database().isPresent() ? checked(settings.database().get())
                : startDatabase(mariadb, secrets.databasePassword());
        StartLog log = wildfly.log();
        Child process = startServer(wildfly, environment(data, secrets, address));
        wildfly.awaitReady(process, log);
        System.out.println("Harbor EE is ready at " + settings.externalUrl() + " - admin password "
                + (settings.adminPassword().isPresent() ? "as given in HARBOR_ADMIN_PASSWORD"
                        : "in " + secrets.adminPassword()));
        System.out.flush();
        CompletableFuture.anyOf(process.onExit(),
                database.map(running -> running.child().onExit()).orElseGet(CompletableFuture::new)).join();
    }

    private static DatabaseAddress checked(DatabaseAddress address) {
        try {
            address.check();
            return address;
        } catch (SQLException failure) {
            throw new LaunchFailure("The database cannot be reached at " + address + ": "
                    + DatabaseAddress.reason(failure), failure);
        }
    }

    private DatabaseAddress startDatabase(Database mariadb, String password)
            throws IOException, InterruptedException {
        mariadb.prepare();
        Database.Running running;
        synchronized (this) {
            refuseWhenStopping();
            running = mariadb.start(password);
            database = Optional.of(running);
        }
        mariadb.awaitAnswer(running);
        return running.address();
    }

    private synchronized Child startServer(Server wildfly, Map<String, String> environment) throws IOException {
        refuseWhenStopping();
        Child process = wildfly.start(environment);
        server = Optional.of(new RunningServer(wildfly, process));
        return process;
    }

    private void refuseWhenStopping() {
        if (stopping) {
            throw new LaunchFailure("Harbor EE is being stopped");
        }
    }

    /** What the application is told; all other HARBOR_ variables reach it as they are. */
    private Map<String, String> environment(DataFolder data, Secrets secrets, DatabaseAddress address)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("HARBOR_DATA", data.root().toString());
        environment.put("HARBOR_EXTERNAL_URL", settings.externalUrl().toString());
        environment.put("HARBOR_HTTP_PORT", String.valueOf(settings.httpPort()));
        environment.put("HARBOR_DB_URL", address.url());
        environment.put("HARBOR_DB_USER", address.user());
        environment.put("HARBOR_DB_PASSWORD", address.password());
        environment.put("HARBOR_SECRET_KEY_FILE", secrets.secretKey().toString());
        if (settings.adminPassword().isEmpty()) {
            environment.put("HARBOR_ADMIN_PASSWORD_FILE", secrets.adminPassword().toString());
        }
        return environment;
    }

    private String whatEnded() {
        boolean serverEnded = !server.map(RunningServer::child).map(Child::isAlive).orElse(false);
        return (serverEnded ? "The server has" : "The database has") + " ended unexpectedly; see "
                + settings.data().resolve("logs").resolve(serverEnded ? "server.log" : "database.log");
    }

    /** Run by the JVM when it is told to end, by whatever cause. */
    private void stopAndHalt() {
        synchronized (this) {
            stopping = true;
        }
        try {
            if (server.isPresent()) {
                server.get().wildfly().stop(server.get().child());
            }
            if (database.isPresent()) {
                database.get().stop();
            }
        } catch (IOException | InterruptedException failure) {
            System.err.println("Harbor EE was not stopped in order: " + failure);
            exitCode = 1;
        }
        System.out.flush();
        // The JVM's own code after a signal would be 143.
        Runtime.getRuntime().halt(exitCode);
    }
}
