// SPDX-License-Identifier: Apache-2.0
package org.harboree.error;

import jakarta.ejb.ApplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer that the client is meant to see: one or more {@link ErrorCode}s with what happened.
 *
 * <p>It rolls the transaction back and passes the EJB container unwrapped; the one mapper in harbor-web turns it into
 * an OCI or a Harbor error body. It has no stack trace: it is not a programming error.
 */
@ApplicationException(rollback = true)
public class HarborException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One entry of the error body. {@code detail} is null, a string, or something that becomes JSON. */
    public record Entry(ErrorCode code, String message, Object detail) {
        public Entry {
            Objects.requireNonNull(code);
            Objects.requireNonNull(message);
        }
    }

    private final transient List<Entry> entries = new ArrayList<>();
    private Integer retryAfterSeconds;
    private Reason reason;

    public HarborException(ErrorCode code) {
        this(code, code.message());
    }

    public HarborException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** @param detail null, a string, or a map or list of plain values */
    public HarborException(ErrorCode code, String message, Object detail) {
        super(message, null, false, false);
        entries.add(new Entry(code, message, detail));
    }

    /** Adds a further error of the same answer; the status is the first one's. */
    public HarborException and(ErrorCode code, String message, Object detail) {
        entries.add(new Entry(code, message, detail));
        return this;
    }

    /** Tells the client when to come back (header {@code Retry-After}). */
    public HarborException retryAfter(int seconds) {
        retryAfterSeconds = seconds;
        return this;
    }

    /** Says it to persons, in their language. */
    public HarborException because(Reason what) {
        reason = what;
        return this;
    }

    /** Turns it into what Harbor's REST API answers, see {@link ErrorCode#inApi}. */
    public HarborException inApi() {
        entries.replaceAll(entry -> new Entry(entry.code().inApi(), entry.message(), entry.detail()));
        return this;
    }

    public ErrorCode code() {
        return entries.get(0).code();
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What {@link #because} said. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Seconds, or null where the client need not wait. */
    public Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
