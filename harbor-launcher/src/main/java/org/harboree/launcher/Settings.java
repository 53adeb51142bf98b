// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a start can be told, all of it by environment variables.
 *
 * @param bind          HARBOR_BIND: the address that the server listens on; 127.0.0.1
 * @param httpPort      HARBOR_HTTP_PORT: its port; 8080
 * @param externalUrl   HARBOR_EXTERNAL_URL: how clients reach it, without a slash at the end; http://localhost:port
 * @param data          HARBOR_DATA: the folder that holds all state; {@code data} in the working directory
 * @param database      HARBOR_DB_URL, HARBOR_DB_USER, HARBOR_DB_PASSWORD: a database that is run elsewhere; empty = the
 *                      one that comes along
 * @param adminPassword HARBOR_ADMIN_PASSWORD: empty = one is made up at the first start
 * @param javaOptions   HARBOR_JAVA_OPTS: options for the server's JVM, after (and so above) our own
 */
public record Settings(String bind, int httpPort, URI externalUrl, Path data, Optional<DatabaseAddress> database,
        Optional<String> adminPassword, String javaOptions) {

    private static final String PASSWORD_RULE = "^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9]).{8,128}$";

    /**
     * @param environment the environment variables; empty ones count as absent
     * @param directory   what a relative HARBOR_DATA is relative to
     * @throws LaunchFailure naming the variable that cannot be used
     */
    public static Settings parse(Map<String, String> environment, Path directory) {
        Variables variables = new Variables(environment);
        int port = port(variables.get("HARBOR_HTTP_PORT").orElse("8080"));
        return new Settings(
                variables.get("HARBOR_BIND").orElse("127.0.0.1"),
                port,
                externalUrl(variables.get("HARBOR_EXTERNAL_URL").orElse("http://localhost:" + port)),
                directory.resolve(variables.get("HARBOR_DATA").orElse("data")).toAbsolutePath().normalize(),
                database(variables),
                variables.get("HARBOR_ADMIN_PASSWORD").map(Settings::adminPassword),
                variables.get("HARBOR_JAVA_OPTS").orElse(""));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new LaunchFailure("HARBOR_HTTP_PORT is not a port number: " + text, notANumber);
        }
        throw new LaunchFailure("HARBOR_HTTP_PORT is not between 1 and 65535: " + text);
    }

    private static URI externalUrl(String text) {
        String message = "HARBOR_EXTERNAL_URL is not an http:// or https:// address: " + text;
        try {
            URI url = URI.create(text.strip().replaceAll("/+$", ""));
            if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                throw new LaunchFailure(message);
            }
            return url;
        } catch (IllegalArgumentException notAUrl) {
            throw new LaunchFailure(message, notAUrl);
        }
    }

    private static Optional<DatabaseAddress> database(Variables variables) {
        return variables.get("HARBOR_DB_URL").map(url -> {
            if (!url.startsWith("jdbc:mysql:")) {
                throw new LaunchFailure("HARBOR_DB_URL does not begin with jdbc:mysql: (for MariaDB too): " + url);
            }
            return new DatabaseAddress(url,
                    variables.get("HARBOR_DB_USER").orElse("harbor"),
                    variables.get("HARBOR_DB_PASSWORD").orElse(""));
        });
    }

    private static String adminPassword(String password) {
        if (!password.matches(PASSWORD_RULE)) {
            throw new LaunchFailure("HARBOR_ADMIN_PASSWORD must have 8 to 128 characters, among them an upper case "
                    + "letter, a lower case letter and a digit");
        }
        return password;
    }

    private record Variables(Map<String, String> environment) {
        Optional<String> get(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        }
    }
}
