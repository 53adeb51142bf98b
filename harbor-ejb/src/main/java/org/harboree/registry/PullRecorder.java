// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.harboree.transaction.UnitOfWork;

/**
 * Counts pulls in memory; {@link RegistryTimers} has them written every ten seconds, so that a pull writes nothing.
 *
 * <p>What a crash loses is at most ten seconds of counts; a graceful stop loses none.
 */
@ApplicationScoped
class PullRecorder {
    private record Pulled(long artifactId, String tag) {}

    @Inject
    private PullCountDao counts;

    @Inject
    private UnitOfWork work;

    private final ConcurrentMap<Pulled, Long> pending = new ConcurrentHashMap<>();

    /** @param tag null for a pull by digest */
    void pulled(long artifactId, String tag) {
        pending.merge(new Pulled(artifactId, tag), 1L, Long::sum);
    }

    /** Writes what has been counted; if the database refuses, the counts are kept for the next time. */
    void flush() {
        Map<Pulled, Long> batch = new HashMap<>();
        pending.keySet().forEach(key -> {
            Long count = pending.remove(key);
            if (count != null) {
                batch.put(key, count);
            }
        });
        if (batch.isEmpty()) {
            return;
        }
        try {
            work.run(() -> batch.forEach((pulled, count) -> counts.add(pulled.artifactId(), pulled.tag(), count)));
        } catch (PersistenceException e) {
            RegistryLog.LOG.pullCountsNotWritten(batch.size(), e);
            batch.forEach((pulled, count) -> pending.merge(pulled, count, Long::sum));
        }
    }
}
