// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.harboree.storage.BlobStorage;

/** Asks what the product stands on whether it answers. What is wrong goes to the log, not to anonymous clients. */
@ApplicationScoped
public class HealthProbe {
    private static final int DATABASE_SECONDS = 5;

    @Resource(lookup = "java:jboss/datasources/HarborDS")
    private DataSource database;

    @Inject
    private BlobStorage storage;

    boolean isDatabaseHealthy() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_SECONDS);
        } catch (SQLException e) {
            ApiLog.LOG.unhealthy("database", e);
            return false;
        }
    }

    boolean isStorageHealthy() {
        try {
            storage.checkReady();
            return true;
        } catch (IOException e) {
            ApiLog.LOG.unhealthy("registry", e);
            return false;
        }
    }
}
