// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Another registry did not do what it was asked for: why, in which request, and whether asking again may help.
 *
 * <p>By the time it is thrown, the client has repeated what can be repeated ({@link Kind#isTransient()}) a few times
 * over some seconds; {@link #isRetryable()} is for those who may come back in minutes. The message is complete: it
 * names request, status, and the registry's own words; it never holds a credential.
 */
public class RemoteRegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** 401: the credential is wrong, missing or expired. */
        UNAUTHORIZED(false),
        /** 403, or a token that does not cover the repository. */
        FORBIDDEN(false),
        /** 404: no such repository, manifest, blob or upload. */
        NOT_FOUND(false),
        /** 429; see {@link RemoteRegistryException#retryAfter()}. */
        TOO_MANY_REQUESTS(true),
        /** Any other 4xx: the registry refuses this content or does not know this request. */
        REFUSED(false),
        /** 5xx. */
        SERVER_ERROR(true),
        /** The name does not resolve, nobody listens, the connection broke before an answer. */
        UNREACHABLE(true),
        /** The TLS certificate is not trusted, or belongs to another host. */
        UNTRUSTED(false),
        /** No connection or no byte in the time allowed. */
        TIMEOUT(true),
        /** The answer ended before its end. */
        TRUNCATED(true),
        /** The bytes have another digest than they were asked for by. */
        WRONG_DIGEST(false),
        /** There are more or fewer bytes than announced. */
        WRONG_LENGTH(false),
        /** The answer is not what the protocol says: not JSON, no Location, a manifest that is too large. */
        MALFORMED(false),
        /** The address is one that requests never go to ({@code TargetGuard}), or a redirect may not be followed. */
        TARGET_REFUSED(false);

        private final boolean isTransient;

        Kind(boolean isTransient) {
            this.isTransient = isTransient;
        }

        /** Whether the same request may be answered otherwise a little later. */
        public boolean isTransient() {
            return isTransient;
        }
    }

    private final Kind kind;
    private final String request;
    private final int status;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param request method and URL, without credentials and query
     * @param status of the answer, 0 where there was none
     * @param detail the registry's words or ours
     * @param retryAfter what the registry asked for
     */
    public RemoteRegistryException(Kind kind, String request, int status, String detail,
            Optional<Duration> retryAfter, Throwable cause) {
        super(request + (status == 0 ? "" : " answered " + status) + ": " + detail, cause);
        this.kind = Objects.requireNonNull(kind);
        this.request = Objects.requireNonNull(request);
        this.status = status;
        this.retryAfter = Objects.requireNonNull(retryAfter);
    }

    public RemoteRegistryException(Kind kind, String request, String detail, Throwable cause) {
        this(kind, request, 0, detail, Optional.empty(), cause);
    }

    public RemoteRegistryException(Kind kind, String request, String detail) {
        this(kind, request, detail, null);
    }

    public Kind kind() {
        return kind;
    }

    /** Method and URL of what was asked, without credentials and query. */
    public String request() {
        return request;
    }

    /** HTTP status of the answer, 0 where there was none. */
    public int status() {
        return status;
    }

    /** Whether the whole task may succeed if it is run again later. */
    public boolean isRetryable() {
        return kind.isTransient();
    }

    /** How long the registry asked to wait; empty where it did not say. */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }
}
