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
import java.util.function.LongSupplier;

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
 *
 * <p>Other nodes write without telling. So values are kept under the number of a time without other nodes, and mean
 * nothing under the next one; while there is none, every reader goes to the database.
 */
final class ExactCache<K, V> {
    private static final int STRIPES = 1024;

    private final long maximumWeight;
    private final Weigher<K, V> weigher;
    private final LongSupplier trust;
    private volatile Era<K, V> era;
    private final AtomicLongArray epochs = new AtomicLongArray(STRIPES);
    private final ConcurrentMap<K, Integer> writers = new ConcurrentHashMap<>();

    /** What was read under one number. */
    private record Era<K, V>(long number, Cache<K, V> values) {}

    /**
     * @param maximumWeight in the unit of the weigher
     * @param trust the number under which values may be kept now, negative for none; it only grows
     */
    ExactCache(long maximumWeight, Weigher<K, V> weigher, LongSupplier trust) {
        this.maximumWeight = maximumWeight;
        this.weigher = weigher;
        this.trust = trust;
        era = new Era<>(0, empty());
    }

    private Cache<K, V> empty() {
        return Caffeine.newBuilder().maximumWeight(maximumWeight).weigher(weigher).executor(Runnable::run).build();
    }

    /** The values that may be used now; null while none may. */
    private Cache<K, V> trusted() {
        long number = trust.getAsLong();
        Era<K, V> now = era;
        if (number == now.number()) {
            return now.values();
        }
        return number < 0 ? null : begin(number);
    }

    private synchronized Cache<K, V> begin(long number) {
        if (era.number() < number) {
            era = new Era<>(number, empty());
        }
        // who has stood still meanwhile and asks for a number of the past gets nothing
        return era.number() == number ? era.values() : null;
    }

    /** The value if it is in memory; never asks the loader. */
    V peek(K key) {
        Cache<K, V> cache = trusted();
        return cache == null ? null : cache.getIfPresent(key);
    }

    /** The value from memory or from the loader; an empty answer is not kept. */
    Optional<V> get(K key, Function<K, Optional<V>> loader) {
        Cache<K, V> cache = trusted();
        if (cache == null) {
            return loader.apply(key);
        }
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
        era.values().invalidate(key);
    }

    /** The write has ended, well or not. */
    void settle(K key) {
        epochs.incrementAndGet(stripe(key));
        era.values().invalidate(key);
        writers.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    /** Forgets everything; what is being loaded now ends in the map that nobody looks into any more. */
    synchronized void clear() {
        era = new Era<>(era.number(), empty());
    }

    private int stripe(K key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}
