// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.remote.http.TlsTrust;

/**
 * What an administrator says of a registry endpoint.
 *
 * @param name 1 to 64 characters
 * @param description at most 1024 characters
 * @param url as it was entered, until it is {@link #normalized}
 * @param credentialType Harbor's {@code basic}, {@code oauth} or {@code secret}
 * @param accessKey empty for anonymous access; the secret counts for nothing then
 * @param caCertificate PEM; empty for Java's own authorities
 */
public record EndpointSettings(String name, String description, String type, String url, String credentialType,
        String accessKey, String accessSecret, boolean insecure, String caCertificate) {
    private static final int MAX_NAME = 64;
    private static final int MAX_DESCRIPTION = 1024;
    private static final int MAX_URL = 512;
    private static final int MAX_KEY = 255;
    private static final int MAX_SECRET = 16_384;
    private static final int MAX_CERTIFICATE = 1 << 20;
    private static final Set<String> CREDENTIAL_TYPES = Set.of("basic", "oauth", "secret");

    /**
     * Reads a URL as Harbor does: without a scheme it is http; query, fragment and slashes at the end go. A user name
     * in it is refused, for it would not be used.
     *
     * @throws HarborException BAD_REQUEST for what is no http or https URL with a host
     */
    public static String url(String text) {
        String trimmed = text.strip().replaceAll("/+$", "");
        if (trimmed.isEmpty()) {
            throw bad("the URL of the registry is empty").because(Reason.REGISTRY_ADDRESS_INVALID);
        }
        URI uri;
        try {
            uri = new URI(trimmed.contains("://") ? trimmed : "http://" + trimmed);
        } catch (URISyntaxException e) {
            throw bad("invalid URL: " + trimmed).because(Reason.REGISTRY_ADDRESS_INVALID);
        }
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw bad("invalid HTTP scheme: " + uri.getScheme()).because(Reason.REGISTRY_ADDRESS_INVALID);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String url = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
        boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null
                && !uri.getRawAuthority().endsWith(":") && !path.contains("/..");
        if (!isPlain || uri.getPort() == 0 || uri.getPort() > 65_535 || url.length() > MAX_URL) {
            throw bad("invalid URL: " + trimmed).because(Reason.REGISTRY_ADDRESS_INVALID);
        }
        return url;
    }

    /** The same with its URL in the form of {@link #url(String)}. @throws HarborException BAD_REQUEST */
    EndpointSettings normalized() {
        return new EndpointSettings(name, description, type, url(url), credentialType, accessKey, accessSecret,
                insecure, caCertificate);
    }

    /** The same at another place, without a secret that was meant for the former one. */
    EndpointSettings movedTo(String place) {
        return new EndpointSettings(name, description, type, place, credentialType, accessKey,
                place.equals(url) ? accessSecret : "", insecure, caCertificate);
    }

    /** @throws HarborException BAD_REQUEST for the first thing that is wrong */
    void requireValid() {
        requireReadable(caCertificate);
        if (name.isEmpty()) {
            throw bad("name cannot be empty");
        }
        requireLength("name", name, MAX_NAME);
        requireLength("description", description, MAX_DESCRIPTION);
        requireLength("access_key", accessKey, MAX_KEY);
        requireLength("access_secret", accessSecret, MAX_SECRET);
        if (!CREDENTIAL_TYPES.contains(credentialType)) {
            throw bad("the credential type must be basic, oauth or secret");
        }
    }

    /** Where and how to reach it. */
    RemoteEndpoint endpoint() {
        Optional<RemoteCredential> credential = accessKey.isEmpty() ? Optional.empty()
                : Optional.of(new RemoteCredential(credentialType, accessKey, accessSecret));
        return new RemoteEndpoint(type, URI.create(url), credential, insecure,
                Optional.of(caCertificate).filter(pem -> !pem.isEmpty()));
    }

    private static void requireReadable(String pem) {
        requireLength("ca_certificate", pem, MAX_CERTIFICATE);
        if (!pem.isEmpty()) {
            try {
                TlsTrust.certificates(pem);
            } catch (CertificateException e) {
                throw bad("invalid CA certificate: " + e.getMessage());
            }
        }
    }

    private static void requireLength(String field, String value, int max) {
        if (value.codePointCount(0, value.length()) > max) {
            throw bad("the max length of " + field + " is " + max);
        }
        if (value.indexOf('\0') >= 0) {
            throw bad(field + " cannot have a null character");
        }
    }

    private static HarborException bad(String message) {
        return new HarborException(ErrorCode.BAD_REQUEST, message);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return type + " " + name + " " + url + " as " + accessKey;
    }
}
