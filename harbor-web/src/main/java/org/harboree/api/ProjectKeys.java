// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.servlet.http.HttpServletRequest;
import org.harboree.project.ProjectKey;

/** How a path names its project: by id or, if it is no number or a header says so, by name. */
final class ProjectKeys {
    private static final String IS_NAME = "X-Is-Resource-Name";

    private ProjectKeys() {
    }

    /** Of a path with {@code project_name_or_id}. */
    static ProjectKey of(HttpServletRequest request, String nameOrId) {
        return ProjectKey.of(nameOrId, Parameters.header(request, IS_NAME));
    }
}
