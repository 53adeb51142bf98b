// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Optional;
import org.harboree.listing.Query;

/** Which of the visible projects to list: part of the name, the owner's user name, visibility, Harbor's {@code q}. */
public record ProjectFilter(Optional<String> name, Optional<String> owner, Optional<Boolean> isPublic, Query query) {

    /** All that are visible. */
    public static ProjectFilter none() {
        return new ProjectFilter(Optional.empty(), Optional.empty(), Optional.empty(), Query.none());
    }
}
