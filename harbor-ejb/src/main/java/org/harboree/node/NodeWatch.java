// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Knows whether this server is the only one on its database, which is when rows may be answered from memory.
 *
 * <pre>
 *   alone:    look ── 5 s ── look ── 5 s ── look        each look trusts the memory for 12 s
 *   another:          └─ its row ── 12 s ── begins      nobody trusts a memory from before it any more
 * </pre>
 *
 * A node that comes makes its row, and where there are others it waits for as long as one of their looks counts before
 * it does anything: by then each of them has seen the row, or has stopped trusting its memory because it could not
 * look. With several nodes all read the database. A node that ends lets its lease run out; a node that was killed is
 * known to be gone by its process, where that can be seen, else when its lease of 30 s has ended. The database's clock
 * times the leases, this process's own clock the trust; they need not agree.
 */
@ApplicationScoped
public class NodeWatch {
    static final int LOOK_SECONDS = 5;
    static final int TRUST_SECONDS = 12;
    /** What is at work when a server is told to stop has ended by then. */
    private static final int LAST_WRITE_SECONDS = 20;

    private static final long UNTRUSTED = -1;

    @Resource(lookup = "java:jboss/datasources/HarborDS")
    private DataSource database;

    private final NodeIdentity self;
    private final LongSupplier nanos;
    private NodeLeases leases;
    private long looks;
    private boolean accompanied;

    private volatile Trust trust;

    /** @param number one for each time without company; all that was read under it is still so */
    private record Trust(long number, long until) {}

    /** For the container. */
    public NodeWatch() {
        this(null, NodeIdentity.THIS, System::nanoTime);
    }

    NodeWatch(DataSource database, NodeIdentity self, LongSupplier nanos) {
        this.database = database;
        this.self = self;
        this.nanos = nanos;
        trust = new Trust(0, nanos.getAsLong());
    }

    /**
     * Makes this process known before it does anything, and waits where it is not alone. To be called once, as soon as
     * the schema is there and before anything is served.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public static void join(DataSource database) {
        try {
            if (join(database, NodeIdentity.THIS)) {
                NodeLog.LOG.joining(TRUST_SECONDS);
                TimeUnit.SECONDS.sleep(TRUST_SECONDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it was starting", e);
        }
    }

    /** @return whether it has to wait */
    static boolean join(DataSource database, NodeIdentity self) throws SQLException {
        NodeLeases leases = new NodeLeases(database);
        leases.deleteOld();
        leases.renew(self);
        return !leases.others(self).isEmpty();
    }

    /** What the others call this node. */
    public String id() {
        return self.id();
    }

    /**
     * A number under which rows may be kept in memory: what was read while this answered it is exact for as long as it
     * still does. Negative while nothing may be kept. Costs a reading of the clock.
     */
    public long trust() {
        Trust now = trust;
        return now.until() - nanos.getAsLong() > 0 ? now.number() : UNTRUSTED;
    }

    /** Whether another node of that id may be at work; asks the database. */
    public boolean isOtherAlive(String id) {
        try {
            return leases().others(self).stream().anyMatch(other -> other.id().equals(id));
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    /** Looks for other nodes and says that this one lives; to be called each {@value #LOOK_SECONDS} seconds. */
    synchronized void look() {
        long asked = nanos.getAsLong();
        List<NodeIdentity> others;
        try {
            if (looks++ % 2 == 0) {
                leases().renew(self);
            }
            others = leases().others(self);
        } catch (SQLException e) {
            NodeLog.LOG.lookFailed(e);
            return;
        }
        Trust before = trust;
        boolean lapsed = before.until() - asked <= 0;
        if (others.isEmpty()) {
            trust = new Trust(lapsed ? before.number() + 1 : before.number(),
                    asked + TimeUnit.SECONDS.toNanos(TRUST_SECONDS));
        } else {
            trust = new Trust(before.number(), asked);
        }
        tell(others.size());
    }

    /** Says so once when company comes, and once when it has gone. */
    private void tell(int others) {
        boolean company = others > 0;
        if (company && !accompanied) {
            NodeLog.LOG.accompanied(others);
        } else if (!company && accompanied) {
            NodeLog.LOG.alone();
        }
        accompanied = company;
    }

    /** This node ends. What it may still write, it writes before its lease does. */
    synchronized void leave() {
        trust = new Trust(trust.number(), nanos.getAsLong());
        try {
            leases().endIn(self, LAST_WRITE_SECONDS);
        } catch (SQLException e) {
            NodeLog.LOG.lookFailed(e);
        }
    }

    private synchronized NodeLeases leases() {
        if (leases == null) {
            leases = new NodeLeases(database);
        }
        return leases;
    }
}
