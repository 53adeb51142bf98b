// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import org.harboree.identity.NewUser;
import org.harboree.identity.Profile;

/** Harbor's {@code UserCreationReq} and {@code UserProfile}. It has no flag for rights: there is none to smuggle in. */
record UserBody(String username, String email, String realname, String comment, String password) {
    private static final int MAX_LENGTH = 255;

    /** @throws org.harboree.error.HarborException UNPROCESSABLE_ENTITY for a name or an address that is too long */
    NewUser newUser() {
        requireShort("email", email);
        requireShort("username", username);
        return new NewUser(username, profile(), password);
    }

    Profile profile() {
        return new Profile(email, realname, comment);
    }

    private static void requireShort(String name, String value) {
        if (value != null && value.length() > MAX_LENGTH) {
            throw Parameters.invalid(name + " in body should be at most " + MAX_LENGTH + " chars long");
        }
    }
}
