// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.MigrateResult;
import org.harboree.node.NodeWatch;
import org.hibernate.boot.MetadataBuilder;
import org.hibernate.boot.spi.MetadataBuilderContributor;

/**
 * Brings the schema to the version of this build before Hibernate compares it with the entities.
 *
 * <p>Hibernate instantiates it ({@code hibernate.metadata_builder_contributor} in {@code persistence.xml}): a startup
 * bean would come too late, for persistence units start before any bean does. Nodes that start together wait for one
 * another by Flyway's lock in the database. For the same reason the node joins the others here.
 */
public class SchemaMigration implements MetadataBuilderContributor {
    private static final String DATA_SOURCE = "java:jboss/datasources/HarborDS";

    @Override
    public void contribute(MetadataBuilder ignored) {
        try {
            DataSource database = (DataSource) new InitialContext().lookup(DATA_SOURCE);
            migrate(database);
            NodeWatch.join(database);
        } catch (NamingException e) {
            throw new IllegalStateException("there is no data source " + DATA_SOURCE, e);
        }
    }

    /**
     * Checks the database's settings and applies what is missing of {@code db/migration}; does nothing the second time.
     *
     * @return how many migrations were applied
     * @throws IllegalStateException if the settings are unsafe, see {@link DatabaseSettings}, or if a later build has
     *     migrated this schema: what it expects of its rows this build would not keep
     */
    public static int migrate(DataSource database) {
        try (Connection connection = database.getConnection()) {
            DatabaseSettings.check(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
        Flyway flyway = flyway(database);
        requireNothingLater(flyway);
        forgetInterrupted(flyway);
        MigrateResult result = flyway.migrate();
        MigrationInfo current = flyway.info().current();
        DatabaseLog.LOG.schema(current.getVersion().getVersion(), result.migrationsExecuted);
        return result.migrationsExecuted;
    }

    /** The baseline: the application server's own tables (batch, timers) may be in the schema before ours. */
    private static Flyway flyway(DataSource database) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .table("schema_version")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private static void requireNothingLater(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED).contains(applied.getState())) {
                throw new IllegalStateException("the schema has version " + applied.getVersion()
                        + " of a later build; start that build, or restore the backup of before the upgrade");
            }
        }
    }

    /** DDL commits by itself, so a crash leaves half a migration; its steps may run twice, so it is simply repeated. */
    private static void forgetInterrupted(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() == MigrationState.FAILED) {
                DatabaseLog.LOG.interruptedMigration(applied.getVersion().getVersion());
                flyway.repair();
                return;
            }
        }
    }
}
