// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.harboree.oci.Digest;

/**
 * What a session keeps of the sign-in that began it.
 *
 * @param stamp changes with the password and with the administrator flag; tells nothing of the password
 */
public record SignIn(long userId, String stamp) implements Serializable {

    static SignIn of(User user) {
        return new SignIn(user.id(), stamp(user));
    }

    boolean isStillOf(User user) {
        return stamp.equals(stamp(user));
    }

    private static String stamp(User user) {
        return Digest.sha256((user.passwordHash() + '\0' + user.isSysadmin()).getBytes(StandardCharsets.UTF_8)).hex();
    }
}
