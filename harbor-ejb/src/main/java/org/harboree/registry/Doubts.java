// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.ArrayList;
import java.util.List;

/** The keys that a write has put in doubt in the caches; settled when its transaction has ended, well or not. */
final class Doubts implements AutoCloseable {
    private final List<Runnable> settling = new ArrayList<>();

    <K> void doubt(ExactCache<K, ?> cache, K key) {
        cache.doubt(key);
        settling.add(() -> cache.settle(key));
    }

    @Override
    public void close() {
        settling.forEach(Runnable::run);
        settling.clear();
    }
}
