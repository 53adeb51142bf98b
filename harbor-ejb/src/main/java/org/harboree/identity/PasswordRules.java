// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/** Harbor's rules for a new password: 8 to 128 characters with an upper case letter, a lower case letter, a digit. */
final class PasswordRules {
    private static final int LEAST = 8;
    private static final int MOST = 128;

    private PasswordRules() {
    }

    /** @throws HarborException BAD_REQUEST */
    static void require(String password) {
        if (password == null || password.length() < LEAST || password.length() > MOST
                || password.chars().noneMatch(Character::isUpperCase)
                || password.chars().noneMatch(Character::isLowerCase)
                || password.chars().noneMatch(Character::isDigit)) {
            throw new HarborException(ErrorCode.BAD_REQUEST,
                    "the password must have 8 to 128 characters with at least 1 uppercase letter, 1 lowercase letter "
                            + "and 1 number")
                    .because(Reason.PASSWORD_TOO_WEAK);
        }
    }
}
