// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A node whose clock the test turns, and whose process nobody can see. */
public final class TestNodes {
    private final DataSource database;
    private volatile boolean lost;
    private final AtomicLong nanos;
    private final NodeIdentity self;
    private final NodeWatch watch;

    /** A node that is alone for ever, for tests of what stands above. */
    public static NodeWatch alone() {
        return new NodeWatch() {
            @Override
            public long trust() {
                return 1;
            }
        };
    }

    public TestNodes(DataSource database, String id) {
        this(database, new NodeIdentity(id, "", 0, 0), new AtomicLong());
    }

    TestNodes(DataSource database, NodeIdentity self, AtomicLong nanos) {
        this.database = (DataSource) Proxy.newProxyInstance(TestNodes.class.getClassLoader(),
                new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (lost) {
                        throw new SQLException("lost");
                    }
                    return method.invoke(database, arguments);
                });
        this.nanos = nanos;
        this.self = self;
        watch = new NodeWatch(this.database, self, nanos::get);
    }

    /** @return whether it has to wait for others */
    public boolean join() throws SQLException {
        return NodeWatch.join(database, self);
    }

    public void look() {
        watch.look();
    }

    public void leave() {
        watch.leave();
    }

    public void loseDatabase() {
        lost = true;
    }

    public void pass(long seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }

    public NodeWatch watch() {
        return watch;
    }
}
