// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.hibernate.Session;

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

    /** The entity manager to give to beans; outside of a transaction each call, or each query, is on its own. */
    EntityManager entityManager() {
        return proxy(EntityManager.class, (proxy, method, arguments) -> {
            EntityManager target = current.get();
            return target == null ? single(method, arguments) : invoke(target, method, arguments);
        });
    }

    private Object single(Method method, Object[] arguments) throws Throwable {
        EntityManager single = factory.createEntityManager();
        boolean open = false;
        try {
            Object result = invoke(single, method, arguments);
            open = result instanceof Query || result instanceof Session;
            return result instanceof Query query ? closing(query, single)
                    : result instanceof Session session ? closing(session) : result;
        } finally {
            if (!open) {
                single.close();
            }
        }
    }

    /** A query that closes its entity manager once it has run. */
    private static TypedQuery<?> closing(Query query, EntityManager single) {
        return proxy(TypedQuery.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "getResultStream" -> {
                    try (single) {
                        return query.getResultList().stream();
                    }
                }
                case "getResultList", "getSingleResult", "executeUpdate" -> {
                    try (single) {
                        return invoke(query, method, arguments);
                    }
                }
                default -> {
                    Object result = invoke(query, method, arguments);
                    return result == query ? proxy : result;
                }
            }
        });
    }

    /** A session that is closed once it has been used. */
    private static Session closing(Session session) {
        return proxy(Session.class, (proxy, method, arguments) -> {
            try (session) {
                return invoke(session, method, arguments);
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
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
