// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The table of all settings: key (Harbor's name where Harbor has one), environment variable, type, default, meaning.
 *
 * <p>The environment goes before the database, the database before the default. A setting that is not
 * {@link #editable()} is never read from the database: it is needed before it, or differs from node to node.
 */
public enum Setting {
    EXTERNAL_URL("ext_endpoint", "HARBOR_EXTERNAL_URL", Type.URL, "http://localhost:8080", false,
            "URL under which clients reach this registry; tokens and challenges carry it"),
    DATA_DIRECTORY("data_directory", "HARBOR_DATA", Type.TEXT, "data", false,
            "directory of everything that is not in the database: blobs, uploads, secrets"),
    SECRET_KEY_FILE("secret_key_file", "HARBOR_SECRET_KEY_FILE", Type.TEXT, "", false,
            "file with the 32 bytes that encrypt secrets at rest; empty: secrets/secret-key in the data directory"),
    TOKEN_ALGORITHM("token_algorithm", "HARBOR_TOKEN_ALGORITHM", Type.SIGNATURE_ALGORITHM, "ES256", false,
            "signature of registry tokens: ES256 or RS256"),
    TOKEN_EXPIRATION("token_expiration", "HARBOR_TOKEN_EXPIRATION", Type.POSITIVE, "30", true,
            "minutes for which a registry token is valid"),
    PROJECT_CREATION_RESTRICTION("project_creation_restriction", "HARBOR_PROJECT_CREATION_RESTRICTION",
            Type.PROJECT_CREATORS, "everyone", true, "who may create projects: everyone or adminonly"),
    SELF_REGISTRATION("self_registration", "HARBOR_SELF_REGISTRATION", Type.BOOLEAN, "false", true,
            "whether strangers may create an account"),
    READ_ONLY("read_only", "HARBOR_READ_ONLY", Type.BOOLEAN, "false", false,
            "whether the registry refuses every push and delete"),
    REMOTE_CONNECTIONS("remote_connections", "HARBOR_REMOTE_CONNECTIONS", Type.POSITIVE, "32", false,
            "connections that a node may have open to one other registry"),
    ALLOW_LOOPBACK_TARGETS("allow_loopback_targets", "HARBOR_ALLOW_LOOPBACK_TARGETS", Type.BOOLEAN, "false", false,
            "whether other registries may be on this machine; for tests");

    /** What values a setting takes; {@link #describe()} completes the sentence "must be ...". */
    enum Type {
        TEXT("text", value -> true),
        URL("an http or https URL without path", Type::isOrigin),
        BOOLEAN("true or false", Set.of("true", "false")::contains),
        POSITIVE("a whole number from 1 to 1000000", value -> value.matches("[1-9][0-9]{0,5}|1000000")),
        SIGNATURE_ALGORITHM("ES256 or RS256", Set.of("ES256", "RS256")::contains),
        PROJECT_CREATORS("everyone or adminonly", Set.of("everyone", "adminonly")::contains);

        private final String description;
        private final Predicate<String> accepts;

        Type(String description, Predicate<String> accepts) {
            this.description = description;
            this.accepts = accepts;
        }

        boolean accepts(String value) {
            return accepts.test(value);
        }

        String describe() {
            return description;
        }

        private static boolean isOrigin(String value) {
            try {
                URI uri = URI.create(value);
                return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null
                        && uri.getRawQuery() == null && Set.of("", "/").contains(uri.getRawPath());
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    private final String key;
    private final String variable;
    private final Type type;
    private final String defaultValue;
    private final boolean editable;
    private final String description;

    Setting(String key, String variable, Type type, String defaultValue, boolean editable, String description) {
        this.key = key;
        this.variable = variable;
        this.type = type;
        this.defaultValue = defaultValue;
        this.editable = editable;
        this.description = description;
    }

    /** The name in Harbor's configuration API and in the table {@code properties}. */
    public String key() {
        return key;
    }

    /** Name of the environment variable. */
    public String variable() {
        return variable;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** Whether an administrator may change it at run time. */
    public boolean editable() {
        return editable;
    }

    /** One line for the documentation. */
    public String description() {
        return description;
    }

    /** The setting of that key, empty if there is none. */
    public static Optional<Setting> of(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    Type type() {
        return type;
    }
}
