// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.harboree.oci.Digest;
import org.harboree.remote.RemoteName;

/**
 * Sees to it that one blob goes to one registry once at a time, however many tasks of this node want it there: the
 * others wait and mount it from where it went. Remembers where blobs went, since few registries can be asked.
 */
@ApplicationScoped
class BlobFlights {
    private static final int REMEMBERED = 100_000;
    private static final long LOOK_SECONDS = 1;

    private final ConcurrentMap<Key, CompletableFuture<Optional<RemoteName>>> flights = new ConcurrentHashMap<>();
    private final Cache<Key, RemoteName> known = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .expireAfterWrite(1, TimeUnit.HOURS).build();

    private record Key(String registry, Digest digest) {
    }

    /** What a task can do about a blob. */
    interface Steps {
        /** Takes the blob from another repository of the registry; false if the registry would not. */
        boolean mount(RemoteName from) throws IOException;

        /** Sees whether it is there, and sends it if it is not. */
        void send(Optional<RemoteName> elsewhere) throws IOException;

        /** Asked while it waits for another task. @throws RuntimeException to end */
        void requireNoStop();
    }

    /** Brings the blob into the repository. */
    void bring(String registry, Digest digest, RemoteName repository, Steps steps) throws IOException {
        Key key = new Key(registry, digest);
        boolean mountable = true;
        while (true) {
            CompletableFuture<Optional<RemoteName>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<RemoteName>> other = flights.putIfAbsent(key, mine);
            if (other == null) {
                fly(key, mine, repository, steps);
                return;
            }
            Optional<RemoteName> there = await(other, steps);
            if (there.isPresent() && (there.get().equals(repository) || mountable && steps.mount(there.get()))) {
                return;
            }
            mountable &= there.isEmpty();
        }
    }

    private void fly(Key key, CompletableFuture<Optional<RemoteName>> mine, RemoteName repository, Steps steps)
            throws IOException {
        Optional<RemoteName> landed = Optional.empty();
        try {
            steps.send(Optional.ofNullable(known.getIfPresent(key)).filter(name -> !name.equals(repository)));
            landed = Optional.of(repository);
            known.put(key, repository);
        } finally {
            flights.remove(key, mine);
            mine.complete(landed);
        }
    }

    private static Optional<RemoteName> await(CompletableFuture<Optional<RemoteName>> other, Steps steps)
            throws IOException {
        while (true) {
            steps.requireNoStop();
            try {
                return other.get(LOOK_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while another task sends the blob", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a flight is never completed with an exception", e);
            }
        }
    }
}
