// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.MySQLSqlAstTranslator;
import org.hibernate.dialect.RowLockStrategy;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.exec.spi.JdbcOperation;

/**
 * The SQL that MySQL 8.0 and MariaDB 10.11 and later have in common.
 *
 * <p>Connector/J announces a MariaDB as "MySQL 5.5.5", for which Hibernate would write SQL of 2010. This is MySQL 8.0
 * less what MariaDB refuses: {@code FOR UPDATE OF}, {@code FOR SHARE} and {@code LATERAL}.
 */
public class HarborDialect extends MySQLDialect {
    private static final String SHARE_LOCK = " lock in share mode";

    public HarborDialect() {
        super(DatabaseVersion.make(8, 0, 15));
    }

    @Override
    public RowLockStrategy getWriteRowLockStrategy() {
        return RowLockStrategy.NONE;
    }

    @Override
    public RowLockStrategy getReadRowLockStrategy() {
        return RowLockStrategy.NONE;
    }

    @Override
    public String getForUpdateString(String aliases) {
        return getForUpdateString();
    }

    @Override
    public String getWriteLockString(String aliases, int timeout) {
        return getWriteLockString(timeout);
    }

    @Override
    public String getReadLockString(int timeout) {
        return SHARE_LOCK;
    }

    @Override
    public String getReadLockString(String aliases, int timeout) {
        return SHARE_LOCK;
    }

    @Override
    public String getForUpdateSkipLockedString(String aliases) {
        return getForUpdateSkipLockedString();
    }

    @Override
    public String getForUpdateNowaitString(String aliases) {
        return getForUpdateNowaitString();
    }

    @Override
    public boolean supportsLateral() {
        return false;
    }

    @Override
    public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
        return new StandardSqlAstTranslatorFactory() {
            @Override
            protected <T extends JdbcOperation> SqlAstTranslator<T> buildTranslator(
                    SessionFactoryImplementor factory, Statement statement) {
                return new Translator<>(factory, statement);
            }
        };
    }

    /** Queries ask the translator, not the dialect, for the words of a shared lock. */
    private static final class Translator<T extends JdbcOperation> extends MySQLSqlAstTranslator<T> {
        private Translator(SessionFactoryImplementor factory, Statement statement) {
            super(factory, statement);
        }

        @Override
        protected String getForShare(int timeoutMillis) {
            return SHARE_LOCK;
        }
    }
}
