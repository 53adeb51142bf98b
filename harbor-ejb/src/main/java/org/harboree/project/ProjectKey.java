// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Optional;

/** How a client names a project: by id, or by name. Exactly one of the two is there. */
public record ProjectKey(Optional<Long> id, Optional<String> name) {

    public static ProjectKey ofId(long id) {
        return new ProjectKey(Optional.of(id), Optional.empty());
    }

    public static ProjectKey ofName(String name) {
        return new ProjectKey(Optional.empty(), Optional.of(name));
    }

    /**
     * Harbor's {@code project_name_or_id}: a whole number is an id, unless the header {@code X-Is-Resource-Name} says
     * that it is a name.
     */
    public static ProjectKey of(String nameOrId, boolean isName) {
        if (isName || !nameOrId.matches("[0-9]{1,18}")) {
            return ofName(nameOrId);
        }
        return ofId(Long.parseLong(nameOrId));
    }
}
