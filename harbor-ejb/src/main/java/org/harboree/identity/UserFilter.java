// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import java.util.Optional;
import org.harboree.listing.Query;

/** Which users to list: part of the name, part of the e-mail address, and Harbor's {@code q}. */
public record UserFilter(Optional<String> username, Optional<String> email, Query query) {

    /** All. */
    public static UserFilter none() {
        return new UserFilter(Optional.empty(), Optional.empty(), Query.none());
    }
}
