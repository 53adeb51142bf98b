// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.Map;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.identity.FirstAdmin;
import org.harboree.transaction.UnitOfWork;

/** What an empty database gets when the product starts: the administrator and Harbor's public project. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstStart {
    private static final String LIBRARY = "library";

    private FirstAdmin admin;
    private ProjectService service;
    private ProjectDao projects;
    private UnitOfWork unitOfWork;

    /** For the container's proxies. */
    public FirstStart() {
    }

    @Inject
    FirstStart(FirstAdmin admin, ProjectService service, ProjectDao projects, UnitOfWork unitOfWork) {
        this.admin = admin;
        this.service = service;
        this.projects = projects;
        this.unitOfWork = unitOfWork;
    }

    /** Does nothing at a later start, also if the project was deleted since. */
    @PostConstruct
    void seed() {
        admin.ensure();
        if (unitOfWork.call(projects::hasAny)) {
            return;
        }
        try {
            service.create(Caller.system(), new NewProject(LIBRARY, Map.of(MetadataKey.PUBLIC.key(), "true")));
        } catch (HarborException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            // Another node started at the same time and made it.
        }
    }
}
