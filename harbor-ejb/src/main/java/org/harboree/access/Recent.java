// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was put or asked for last: of the last {@code count} keys each one, and at most twice as many.
 *
 * <p>For values that are used a few times, soon, and never again. A cache that goes by how often a key is used would
 * keep the old ones and refuse each new one.
 */
final class Recent<K, V> {
    private final int count;
    private volatile Map<K, V> young = new ConcurrentHashMap<>();
    private volatile Map<K, V> old = Map.of();

    Recent(int count) {
        this.count = count;
    }

    /** Null for what is not remembered. */
    V get(K key) {
        V value = young.get(key);
        if (value == null) {
            value = old.get(key);
            if (value != null) {
                Map<K, V> now = young;
                now.putIfAbsent(key, value);
                ageIfFull(now);
            }
        }
        return value;
    }

    void put(K key, V value) {
        Map<K, V> now = young;
        now.put(key, value);
        ageIfFull(now);
    }

    private void ageIfFull(Map<K, V> now) {
        if (now.size() > count) {
            age(now);
        }
    }

    private synchronized void age(Map<K, V> full) {
        if (young == full) {
            old = full;
            young = new ConcurrentHashMap<>();
        }
    }
}
