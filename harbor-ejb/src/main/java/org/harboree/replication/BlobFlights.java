// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** Between two looks at whether the task that has begun a blob goes on with it. */
    private static final long LOOK_MILLIS = 250;
    /** Half a minute: after a restart all tasks that ran are taken up by then. */
    private static final int MOST_LOOKS = 120;

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

        /** Whether a task that is not bringing it now has begun to, and will go on. */
        boolean isBegunByAnother();

        /** Asked while it waits for another task. @throws RuntimeException to end */
        void requireNoStop();
    }

    /**
     * Blobs that a task has begun to send: in an earlier life, or before something broke that another try may help.
     * Others wait until it has brought them, or gives them up: they would begin anew. For one thread.
     */
    final class Claim implements AutoCloseable {
        private final Map<Key, CompletableFuture<Optional<RemoteName>>> held = new HashMap<>();

        private Optional<CompletableFuture<Optional<RemoteName>>> take(Key key) {
            return Optional.ofNullable(held.remove(key));
        }

        /** Gives up what was not brought. */
        @Override
        public void close() {
            held.forEach((key, flight) -> {
                flights.remove(key, flight);
                flight.complete(Optional.empty());
            });
            held.clear();
        }
    }

    /** Claims those of the blobs that nobody is bringing. */
    Claim claim(String registry, Set<Digest> begun) {
        Claim claim = new Claim();
        for (Digest digest : begun) {
            CompletableFuture<Optional<RemoteName>> flight = new CompletableFuture<>();
            if (flights.putIfAbsent(new Key(registry, digest), flight) == null) {
                claim.held.put(new Key(registry, digest), flight);
            }
        }
        return claim;
    }

    /**
     * Brings the blob into the repository.
     *
     * @param claim of the task; given up before it waits for another one, which may be waiting for it
     */
    void bring(String registry, Digest digest, RemoteName repository, Claim claim, Steps steps) throws IOException {
        Key key = new Key(registry, digest);
        Optional<CompletableFuture<Optional<RemoteName>>> claimed = claim.take(key);
        if (claimed.isPresent()) {
            fly(key, claimed.get(), repository, claim, steps);
            return;
        }
        boolean mountable = true;
        int looks = 0;
        while (true) {
            if (looks < MOST_LOOKS && isLeftToAnother(key, steps)) {
                claim.close();
                steps.requireNoStop();
                pause();
                looks++;
                continue;
            }
            CompletableFuture<Optional<RemoteName>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<RemoteName>> other = flights.putIfAbsent(key, mine);
            if (other == null) {
                fly(key, mine, repository, claim, steps);
                return;
            }
            claim.close();
            Optional<RemoteName> there = await(other, steps);
            if (there.isPresent() && (there.get().equals(repository) || mountable && steps.mount(there.get()))) {
                return;
            }
            mountable &= there.isEmpty();
        }
    }

    /** After a restart the task that has sent the half of a blob may be later than one that wants it, too. */
    private boolean isLeftToAnother(Key key, Steps steps) {
        return !flights.containsKey(key) && known.getIfPresent(key) == null && steps.isBegunByAnother();
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another task is to go on with the blob", e);
        }
    }

    private void fly(Key key, CompletableFuture<Optional<RemoteName>> mine, RemoteName repository, Claim claim,
            Steps steps) throws IOException {
        Optional<RemoteName> landed = Optional.empty();
        boolean goesOn = false;
        try {
            steps.send(Optional.ofNullable(known.getIfPresent(key)).filter(name -> !name.equals(repository)));
            landed = Optional.of(repository);
            known.put(key, repository);
        } catch (IOException | UncheckedIOException e) {
            goesOn = Problems.mayHelp(e);
            throw e;
        } finally {
            if (goesOn) {
                claim.held.put(key, mine);
            } else {
                flights.remove(key, mine);
                mine.complete(landed);
            }
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
