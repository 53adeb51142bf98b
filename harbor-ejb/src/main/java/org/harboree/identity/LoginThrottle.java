// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.transaction.UnitOfWork;

/**
 * Slows down guessing, for each account and source: five failures are free, then the wait is 1 s, doubling up to 15
 * minutes. The count is in the database, for all nodes, and forgotten after a success or a day.
 */
@ApplicationScoped
public class LoginThrottle {
    static final int FREE_FAILURES = 5;

    private static final int LONGEST_SECONDS = 15 * 60;

    private LoginFailureDao failures;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    protected LoginThrottle() {
    }

    @Inject
    public LoginThrottle(LoginFailureDao failures, UnitOfWork unitOfWork) {
        this.failures = failures;
        this.unitOfWork = unitOfWork;
    }

    /** @throws HarborException TOO_MANY_REQUESTS with the seconds to wait */
    void requireOpen(String account, String source) {
        String id = id(account, source);
        int seconds = unitOfWork.call(() -> failures.secondsToWait(id, FREE_FAILURES, LONGEST_SECONDS));
        if (seconds > 0) {
            throw new HarborException(ErrorCode.TOO_MANY_REQUESTS, "too many failed logins").retryAfter(seconds);
        }
    }

    void failed(String account, String source) {
        unitOfWork.run(() -> failures.add(id(account, source)));
        unitOfWork.run(failures::sweep);
    }

    void succeeded(String account, String source) {
        unitOfWork.run(() -> failures.clear(id(account, source)));
    }

    private static String id(String account, String source) {
        byte[] text = (NameKey.of(account) + "\0" + source).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
