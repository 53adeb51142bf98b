// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.util.Optional;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/** What a user says about themselves; each part may be missing, which an empty text means, too. */
public record Profile(Optional<String> email, Optional<String> realname, Optional<String> comment) {
    private static final int MOST_EMAIL = 255;
    private static final int MOST_REALNAME = 255;
    private static final int MOST_COMMENT = 30;
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s@<>(),;:\"\\[\\]\\\\]+@[\\p{L}\\p{N}.-]+\\.[\\p{L}\\p{N}-]+");

    /** The parts as a client sends them, null for a missing one. */
    public Profile(String email, String realname, String comment) {
        this(given(email), given(realname), given(comment));
    }

    /**
     * Harbor's rules for what a client sends: e-mail address and real name must be there.
     *
     * @throws HarborException BAD_REQUEST naming the part
     */
    Profile requireComplete() {
        if (email.isEmpty() || email.get().length() > MOST_EMAIL || !EMAIL.matcher(email.get()).matches()) {
            throw new HarborException(ErrorCode.BAD_REQUEST,
                    "email is not an e-mail address of at most 255 characters")
                    .because(Reason.EMAIL_INVALID);
        }
        if (realname.isEmpty() || realname.get().length() > MOST_REALNAME) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "realname must have 1 to 255 characters")
                    .because(Reason.REALNAME_INVALID);
        }
        if (comment.isPresent() && comment.get().length() > MOST_COMMENT) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "comment must have at most 30 characters")
                    .because(Reason.COMMENT_TOO_LONG);
        }
        return this;
    }

    private static Optional<String> given(String part) {
        return Optional.ofNullable(part).filter(text -> !text.isEmpty());
    }
}
