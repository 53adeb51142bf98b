// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.util.Objects;
import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/** An account to be made. It has no right to begin with: there is no flag to smuggle in. */
public record NewUser(String username, Profile profile, String password) {
    private static final int MOST_NAME = 255;
    private static final int MOST_KEY = 500;
    private static final Pattern FORBIDDEN = Pattern.compile("[,\"~#%$\\s\\p{C}]");

    public NewUser {
        Objects.requireNonNull(profile);
    }

    /** @throws HarborException BAD_REQUEST naming the part that breaks a rule */
    NewUser requireValid() {
        if (username == null || username.isEmpty() || username.length() > MOST_NAME) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "username must have 1 to 255 characters")
                    .because(Reason.USERNAME_INVALID);
        }
        String key = NameKey.of(username);
        if (FORBIDDEN.matcher(username).find() || key.isEmpty() || key.length() > MOST_KEY
                || key.equals("anonymous")) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "username is reserved or contains an illegal character")
                    .because(Reason.USERNAME_INVALID);
        }
        profile.requireComplete();
        PasswordRules.require(password);
        return this;
    }
}
