// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/**
 * The settings in force: environment, else database, else default.
 *
 * <p>A value of the database is read at each call, never remembered, so that a change holds on all nodes at once.
 */
@ApplicationScoped
public class Settings {
    private Map<String, String> environment;
    private PropertyDao properties;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected Settings() {
    }

    @Inject
    Settings(PropertyDao properties, UnitOfWork unitOfWork) {
        this(System.getenv(), properties, unitOfWork);
    }

    /**
     * @param environment what stands for the process environment; an empty value counts as unset
     * @throws IllegalStateException naming the variable whose value is not of the setting's type
     */
    public Settings(Map<String, String> environment, PropertyDao properties, UnitOfWork unitOfWork) {
        this.environment = Map.copyOf(environment);
        this.properties = properties;
        this.unitOfWork = unitOfWork;
        for (Setting setting : Setting.values()) {
            String value = this.environment.getOrDefault(setting.variable(), "");
            if (!value.isEmpty() && !setting.type().accepts(value)) {
                throw new IllegalStateException(setting.variable() + " must be " + setting.type().describe());
            }
        }
    }

    /** Where clients reach the registry, without a trailing slash: {@code https://registry.example.org}. */
    public URI externalUrl() {
        String url = value(Setting.EXTERNAL_URL);
        return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** Absolute. */
    public Path dataDirectory() {
        return Path.of(value(Setting.DATA_DIRECTORY)).toAbsolutePath();
    }

    /** Life of a registry token. */
    public int tokenExpirationMinutes() {
        return Integer.parseInt(value(Setting.TOKEN_EXPIRATION));
    }

    /** {@code ES256} or {@code RS256}. */
    public String tokenAlgorithm() {
        return value(Setting.TOKEN_ALGORITHM);
    }

    /** Who may create a project. */
    public ProjectCreators projectCreationRestriction() {
        return ProjectCreators.valueOf(value(Setting.PROJECT_CREATION_RESTRICTION).toUpperCase(Locale.ROOT));
    }

    /** Harbor's {@code project_creation_restriction}. */
    public enum ProjectCreators {
        EVERYONE, ADMINONLY
    }

    /** Whether strangers may create an account. */
    public boolean selfRegistration() {
        return Boolean.parseBoolean(value(Setting.SELF_REGISTRATION));
    }

    /** Whether pushes and deletes are refused. */
    public boolean readOnly() {
        return Boolean.parseBoolean(value(Setting.READ_ONLY));
    }

    /** How many connections this node may have open to one other registry. */
    public int remoteConnections() {
        return Integer.parseInt(value(Setting.REMOTE_CONNECTIONS));
    }

    /** Whether requests to other registries may go to this machine itself. */
    public boolean allowsLoopbackTargets() {
        return Boolean.parseBoolean(value(Setting.ALLOW_LOOPBACK_TARGETS));
    }

    /**
     * The 32 bytes that encrypt secrets at rest.
     *
     * @throws IllegalStateException if the file is missing or has another length, see {@link SecretKeyFile}
     */
    public byte[] secretKey() {
        String file = value(Setting.SECRET_KEY_FILE);
        return file.isEmpty() ? SecretKeyFile.readOrCreate(dataDirectory().resolve("secrets").resolve("secret-key"))
                : SecretKeyFile.read(Path.of(file));
    }

    /** The value in force, as text. */
    public String value(Setting setting) {
        String set = environment.getOrDefault(setting.variable(), "");
        if (!set.isEmpty()) {
            return set;
        }
        return setting.editable() ? properties.find(setting.key()).orElse(setting.defaultValue())
                : setting.defaultValue();
    }

    /** Whether an administrator's change would have an effect: the environment goes before the database. */
    public boolean isEditable(Setting setting) {
        return setting.editable() && environment.getOrDefault(setting.variable(), "").isEmpty();
    }

    /**
     * Changes settings in the database, all or none. Who may do so is the caller's business.
     *
     * @throws HarborException BAD_REQUEST for a value of another type or a setting that cannot be changed at run time
     */
    public void change(Map<Setting, String> values) {
        values.forEach(this::requireAcceptable);
        unitOfWork.run(() -> values.forEach((setting, value) -> properties.put(setting.key(), value)));
    }

    private void requireAcceptable(Setting setting, String value) {
        if (!isEditable(setting)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, setting.key() + " cannot be changed at run time");
        }
        if (!setting.type().accepts(value)) {
            throw new HarborException(ErrorCode.BAD_REQUEST,
                    setting.key() + " must be " + setting.type().describe());
        }
    }
}
