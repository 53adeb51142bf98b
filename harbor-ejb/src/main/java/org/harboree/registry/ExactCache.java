// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;

/**
 * A bounded cache of rows that is exact, not aged: it never answers what a finished write has replaced.
 *
 * <pre>
 *   writer:  doubt(key) ── transaction ── settle(key)          (settle also when the transaction failed)
 *   reader:  hit ─► value
 *            miss ─► remember the key's epoch ─ read the database ─ keep the value only if the epoch is still the same
 *                                                                   and nobody is writing
 * </pre>
 *
 * Between doubt and settle every reader goes to the database, so what it sees is what the database shows it. A value
 * that was read before a write began can never enter the cache after it: the write has moved the epoch. Absence is not
 * kept, so a first push needs no invalidation. Epochs are striped; a collision costs one read of the database.
 */
final class ExactCache<K, V> {
    private static final int STRIPES = 1024;

    private final long maximumWeight;
    private final Weigher<K, V> weigher;
    private volatile Cache<K, V> values;
    private final AtomicLongArray epochs = new AtomicLongArray(STRIPES);
    private final ConcurrentMap<K, Integer> writers = new ConcurrentHashMap<>();

    /** @param maximumWeight in the unit of the weigher */
    ExactCache(long maximumWeight, Weigher<K, V> weigher) {
        this.maximumWeight = maximumWeight;
        this.weigher = weigher;
        values = empty();
    }

    private Cache<K, V> empty() {
        return Caffeine.newBuilder().maximumWeight(maximumWeight).weigher(weigher).executor(Runnable::run).build();
    }

    /** The value if it is in memory; never asks the loader. */
    V peek(K key) {
        return values.getIfPresent(key);
    }

    /** The value from memory or from the loader; an empty answer is not kept. */
    Optional<V> get(K key, Function<K, Optional<V>> loader) {
        Cache<K, V> cache = values;
        V hit = cache.getIfPresent(key);
        if (hit != null) {
            return Optional.of(hit);
        }
        long epoch = epochs.get(stripe(key));
        Optional<V> loaded = loader.apply(key);
        loaded.ifPresent(value -> keep(cache, key, value, epoch));
        return loaded;
    }

    private void keep(Cache<K, V> cache, K key, V value, long epoch) {
        // compute and invalidate exclude each other for one key: a doubt that comes after the check removes the value
        cache.asMap().compute(key, (k, present) ->
                writers.containsKey(k) || epochs.get(stripe(k)) != epoch ? present : value);
    }

    /** A write of this key begins: readers go to the database until {@link #settle}. */
    void doubt(K key) {
        writers.merge(key, 1, Integer::sum);
        epochs.incrementAndGet(stripe(key));
        values.invalidate(key);
    }

    /** The write has ended, well or not. */
    void settle(K key) {
        epochs.incrementAndGet(stripe(key));
        values.invalidate(key);
        writers.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    /** Forgets everything; what is being loaded now ends in the map that nobody looks into any more. */
    void clear() {
        values = empty();
    }

    private int stripe(K key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
