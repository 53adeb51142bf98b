// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.harboree.transaction.HarborDialect;
import org.harboree.transaction.SchemaMigration;
import org.harboree.transaction.UnitOfWork;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Gives a test class a migrated database of its own, empty of data, and what the container would inject.
 *
 * <p>Use: {@code @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();}. Hibernate compares the
 * schema with all entities of the jar, as in production. {@link #shared} is made once for all classes that use it: they
 * must empty the tables that they need empty.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private static final TestDatabase SHARED = new TestDatabase();

    private DatabaseServer server;
    private String name;
    private DataSource source;
    private EntityManagerFactory factory;
    private LocalTransactions transactions;

    /** The one database of all classes that ask for it; dropped with the last test of the JVM. */
    public static TestDatabase shared() {
        return SHARED;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (this != SHARED) {
            make();
            return;
        }
        context.getRoot().getStore(Namespace.GLOBAL).getOrComputeIfAbsent(TestDatabase.class, key -> {
            make();
            return (AutoCloseable) this::drop;
        });
    }

    private void make() {
        server = DatabaseServer.get();
        name = server.create();
        open(server.connect(name));
    }

    private void open(DataSource database) {
        source = new ReadCommittedDataSource(database);
        SchemaMigration.migrate(source);
        factory = boot(source);
        transactions = new LocalTransactions(factory);
    }

    /** The database of another JVM's test, see {@link ChildJvm}. */
    public static TestDatabase at(String url, String user, String password) {
        TestDatabase database = new TestDatabase();
        database.open(DatabaseServer.connect(url, user, password));
        return database;
    }

    /** URL, user and password, for {@link #at}. */
    List<String> address() {
        return server.address(name);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (this != SHARED) {
            drop();
        }
    }

    private void drop() {
        factory.close();
        server.drop(name);
    }

    /** Connections with the isolation of production. */
    public DataSource dataSource() {
        return source;
    }

    /** A proxy that is bound to the unit of work of the calling thread, as an injected one. */
    public EntityManager entityManager() {
        return transactions.entityManager();
    }

    public UnitOfWork unitOfWork() {
        return new UnitOfWork(transactions);
    }

    /** Empties the tables, whatever refers to whatever. */
    public void empty(String... tables) {
        List<String> statements = new ArrayList<>(List.of("SET FOREIGN_KEY_CHECKS = 0"));
        for (String table : tables) {
            statements.add("DELETE FROM " + table);
        }
        execute(statements.toArray(String[]::new));
    }

    /** Runs statements on a connection of their own, each committed by itself. */
    public void execute(String... statements) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    private static EntityManagerFactory boot(DataSource source) {
        Configuration configuration = new Configuration();
        entities().forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put("hibernate.connection.datasource", source);
        return configuration
                .setProperty("hibernate.dialect", HarborDialect.class.getName())
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
                .setProperty("hibernate.jdbc.use_get_generated_keys", "true")
                .setProperty("hibernate.hbm2ddl.auto", "validate")
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                .setProperty("hibernate.jdbc.batch_size", "100")
                .setProperty("hibernate.order_inserts", "true")
                .setProperty("hibernate.query.in_clause_parameter_padding", "true")
                .buildSessionFactory();
    }

    /** The same classes that the container finds by scanning the jar. */
    private static List<Class<?>> entities() {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.harboree");
        return classes.stream().filter(found -> found.isAnnotatedWith(Entity.class))
                .<Class<?>>map(JavaClass::reflect).toList();
    }
}
