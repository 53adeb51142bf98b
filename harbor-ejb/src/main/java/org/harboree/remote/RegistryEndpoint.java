// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.harboree.config.SecretBox;

/**
 * Another registry that an administrator entered: one row of {@code registry}.
 *
 * <p>Life: entered while it answers; changed while it answers; checked every few minutes, which changes nothing but its
 * health; deleted when no rule and no project needs it any more. The secret is sealed at rest.
 */
@Entity
@Table(name = "registry")
public class RegistryEndpoint {
    /** The answer to the last check was as it should be. */
    public static final String HEALTHY = "healthy";
    /** It was not. */
    public static final String UNHEALTHY = "unhealthy";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "registry_id")
    private Long id;

    @Column(name = "version", nullable = false)
    private long version;

    @Column(name = "name", nullable = false, length = 64)
    private String name;

    @Column(name = "type", nullable = false, length = 32)
    private String type;

    @Column(name = "url", nullable = false, length = 512)
    private String url;

    @Column(name = "credential_type", nullable = false, length = 16)
    private String credentialType;

    @Column(name = "access_key", nullable = false)
    private String accessKey;

    @Column(name = "access_secret")
    private byte[] accessSecret;

    @Column(name = "insecure", nullable = false)
    private boolean insecure;

    @Column(name = "ca_certificate")
    private String caCertificate;

    @Column(name = "description", nullable = false, length = 1024)
    private String description;

    @Column(name = "health", nullable = false, length = 16)
    private String health;

    @Column(name = "creation_time", insertable = false, updatable = false)
    private Instant creationTime;

    @Column(name = "update_time", insertable = false, updatable = false)
    private Instant updateTime;

    /** For Hibernate. */
    protected RegistryEndpoint() {
    }

    /** One that was just found healthy. */
    RegistryEndpoint(EndpointSettings settings, SecretBox box) {
        change(settings, box);
    }

    /** Harbor's registry 0: this one, which has no row and needs no credential. */
    static RegistryEndpoint local(URI externalUrl) {
        RegistryEndpoint local = new RegistryEndpoint();
        local.id = 0L;
        local.name = "Local";
        local.type = "harbor";
        local.url = externalUrl.toString();
        local.credentialType = "secret";
        local.accessKey = "";
        local.accessSecret = new byte[0];
        local.description = "";
        local.health = HEALTHY;
        return local;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Of the adapter. */
    public String type() {
        return type;
    }

    public String url() {
        return url;
    }

    public String credentialType() {
        return credentialType;
    }

    /** Empty for anonymous access. */
    public String accessKey() {
        return accessKey;
    }

    /** The secret itself is only for requests to the registry. */
    public boolean hasSecret() {
        return accessSecret != null;
    }

    public boolean isInsecure() {
        return insecure;
    }

    /** PEM. */
    public Optional<String> caCertificate() {
        return Optional.ofNullable(caCertificate);
    }

    public String description() {
        return description;
    }

    /** {@link #HEALTHY} or {@link #UNHEALTHY}. */
    public String health() {
        return health;
    }

    /** By the database's clock; empty until the row was read back. */
    public Optional<Instant> creationTime() {
        return Optional.ofNullable(creationTime);
    }

    /** Of the last change by an administrator, by the database's clock; empty until the row was read back. */
    public Optional<Instant> updateTime() {
        return Optional.ofNullable(updateTime);
    }

    long version() {
        return version;
    }

    EndpointSettings settings(SecretBox box) {
        String secret = accessSecret == null ? ""
                : new String(box.decrypt(accessSecret), StandardCharsets.UTF_8);
        return new EndpointSettings(name, description, type, url, credentialType, accessKey, secret, insecure,
                caCertificate().orElse(""));
    }

    final void change(EndpointSettings settings, SecretBox box) {
        version++;
        name = settings.name();
        description = settings.description();
        type = settings.type();
        url = settings.url();
        credentialType = settings.credentialType();
        accessKey = settings.accessKey();
        accessSecret = accessKey.isEmpty() || settings.accessSecret().isEmpty() ? null
                : box.encrypt(settings.accessSecret().getBytes(StandardCharsets.UTF_8));
        insecure = settings.insecure();
        caCertificate = settings.caCertificate().isEmpty() ? null : settings.caCertificate();
        health = HEALTHY;
    }
}
