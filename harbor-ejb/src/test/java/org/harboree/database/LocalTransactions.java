// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What the container does in production, in one class: a transaction is bound to its thread, and the entity manager
 * that beans hold is a proxy of the transaction's own.
 */
final class LocalTransactions implements TransactionManager {
    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    LocalTransactions(EntityManagerFactory factory) {
        this.factory = factory;
    }

    /** The entity manager to give to beans; outside of a transaction each call is on its own. */
    EntityManager entityManager() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            EntityManager target = current.get();
            try {
                if (target != null) {
                    return method.invoke(target, arguments);
                }
                try (EntityManager single = factory.createEntityManager()) {
                    return method.invoke(single, arguments);
                }
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (EntityManager) Proxy.newProxyInstance(EntityManager.class.getClassLoader(),
                new Class<?>[] {EntityManager.class}, handler);
    }

    @Override
    public void begin() {
        EntityManager entities = factory.createEntityManager();
        entities.getTransaction().begin();
        current.set(entities);
    }

    @Override
    public void commit() throws RollbackException {
        try (EntityManager entities = current.get()) {
            entities.getTransaction().commit();
        } catch (PersistenceException e) {
            RollbackException failure = new RollbackException(e.getMessage());
            failure.initCause(e);
            throw failure;
        } finally {
            current.remove();
        }
    }

    @Override
    public void rollback() {
        try (EntityManager entities = current.get()) {
            entities.getTransaction().rollback();
        } finally {
            current.remove();
        }
    }

    @Override
    public int getStatus() {
        EntityManager entities = current.get();
        if (entities == null) {
            return Status.STATUS_NO_TRANSACTION;
        }
        return entities.getTransaction().getRollbackOnly() ? Status.STATUS_MARKED_ROLLBACK : Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
        current.get().getTransaction().setRollbackOnly();
    }

    @Override
    public Transaction getTransaction() throws SystemException {
        throw new SystemException("not needed");
    }

    @Override
    public Transaction suspend() throws SystemException {
        throw new SystemException("not needed");
    }

    @Override
    public void resume(Transaction transaction) throws SystemException {
        throw new SystemException("not needed");
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        // Tests have no time limit of their own.
    }
}
