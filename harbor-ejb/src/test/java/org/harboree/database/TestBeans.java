// SPDX-License-Identifier: Apache-2.0
package org.harboree.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.harboree.node.NodeWatch;
import org.harboree.node.TestNodes;
import org.harboree.transaction.UnitOfWork;

/**
 * Makes beans as the container does: one of each class, by the constructor or the fields with {@code @Inject}, over a
 * test database. An event goes to the observers among the beans that were made; an {@link Instance} is empty.
 */
public final class TestBeans {
    private static final List<Class<? extends Annotation>> INJECTED =
            List.of(Inject.class, PersistenceContext.class, Resource.class);

    private final Map<Class<?>, Object> beans = new HashMap<>();

    public TestBeans(TestDatabase database) {
        beans.put(EntityManager.class, database.entityManager());
        beans.put(UnitOfWork.class, database.unitOfWork());
        beans.put(NodeWatch.class, TestNodes.alone());
        beans.put(ManagedThreadFactory.class, new Threads());
    }

    private static final class Threads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }

    /** Uses this one wherever that type is asked for. */
    public <T> TestBeans with(Class<? super T> type, T bean) {
        beans.put(type, bean);
        return this;
    }

    /** As {@link #with}, and gives its fields what they ask for. */
    public <T> TestBeans withInjected(Class<? super T> type, T bean) {
        with(type, bean);
        inject(bean);
        return this;
    }

    /** The bean of that class, with all that it needs. */
    public synchronized <T> T get(Class<T> type) {
        Object known = beans.get(type);
        if (known == null) {
            known = make(type);
            beans.put(type, known);
            inject(known);
        }
        return type.cast(known);
    }

    private Object make(Class<?> type) {
        if (type == Event.class || type == Instance.class) {
            return builtIn(type);
        }
        Optional<Constructor<?>> injected = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(Inject.class)).findFirst();
        try {
            Constructor<?> constructor = injected.isPresent() ? injected.get() : type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object[] arguments = Arrays.stream(constructor.getParameterTypes()).map(this::get).toArray();
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no bean of " + type + " can be made", e);
        }
    }

    private void inject(Object bean) {
        for (Field field : bean.getClass().getDeclaredFields()) {
            if (INJECTED.stream().anyMatch(field::isAnnotationPresent)) {
                field.setAccessible(true);
                try {
                    field.set(bean, get(field.getType()));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field.toString(), e);
                }
            }
        }
    }

    private Object builtIn(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "fire" -> fire(arguments[0]);
                case "iterator" -> {
                    Iterator<Object> none = List.of().iterator();
                    return none;
                }
                default -> throw new UnsupportedOperationException(method.toString());
            }
            return null;
        });
    }

    private void fire(Object event) throws Throwable {
        for (Object bean : List.copyOf(beans.values())) {
            for (Method method : bean.getClass().getDeclaredMethods()) {
                if (observes(method, event)) {
                    method.setAccessible(true);
                    try {
                        method.invoke(bean, event);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }
            }
        }
    }

    private static boolean observes(Method method, Object event) {
        Parameter[] parameters = method.getParameters();
        return parameters.length == 1
                && parameters[0].isAnnotationPresent(Observes.class)
                && parameters[0].getType().isInstance(event);
    }
}
