// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.harboree.registry.RepositoryService;

/** By which an open page learns that something was pushed. */
@RequestScoped
public class Live {
    @Inject
    private RepositoryService repositories;

    @Inject
    private Visitor visitor;

    /**
     * A word that changes when something is pushed to it.
     *
     * @param name a project, or a repository with its project
     * @throws org.harboree.error.HarborException as the service
     */
    String version(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? repositories.version(visitor.caller(), name)
                : repositories.version(visitor.caller(), name.substring(0, slash), name.substring(slash + 1));
    }
}
