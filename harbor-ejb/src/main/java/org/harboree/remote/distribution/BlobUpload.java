// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.distribution;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.harboree.oci.Digest;
import org.harboree.remote.BlobSource;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.PieceSize;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.UploadSessions;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteRequest;
import org.harboree.remote.http.SourceBody;

/**
 * One upload of a blob: begun, written, closed with its digest (Distribution Spec, "Pushing blobs"). Used once, by one
 * thread.
 *
 * <p>In pieces, it goes on where it broke off, and after a restart of either side where the registry still has it.
 * What is kept for that is the place of the upload, anew after each piece that moved it: Distribution writes into it
 * how many bytes there are. Version 3 tells that for any place it gave out; version 2 ends an upload that has another
 * number, so a piece of which only a part came there is the end of it, and the blob begins anew.
 */
final class BlobUpload {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");
    /** What is kept: the smallest chunk that the registry wants, and the place of the upload. */
    private static final Pattern SESSION = Pattern.compile("([0-9]{1,12}) (\\S+)");
    /** Characters of a place that is kept; a longer one is not worth its space in a checkpoint. */
    private static final int MOST_KEPT = 4096;

    private final RegistryApi api;
    private final RemoteName repository;
    private final Digest digest;
    private final long size;
    private final BlobSource source;
    private final PieceSize pieces;
    private final UploadSessions sessions;
    private final boolean findsBlobs;

    /** Where the next request of the upload goes; null while there is none. */
    private URI location;
    private long acknowledged;
    /** The most that was ever acknowledged: what was lost and sent again is no progress. */
    private long furthest;
    private long smallestChunk;
    private String kept = "";
    /** Whether it was begun in an earlier life, of which nothing is known but its place. */
    private boolean inherited;

    /** @param findsBlobs whether the registry looks for the blob in its other repositories if it is told the digest */
    BlobUpload(RegistryApi api, RemoteName repository, OutgoingBlob blob, boolean findsBlobs) {
        this.api = api;
        this.repository = repository;
        this.digest = blob.digest();
        this.size = blob.size();
        this.source = blob.bytes();
        this.pieces = blob.pieces();
        this.sessions = blob.sessions();
        this.findsBlobs = findsBlobs;
    }

    /** All bytes with the closing request; from the start if that breaks off. */
    void whole() throws IOException {
        untilDone(() -> {
            cancel();
            if (isThereWhenBegun()) {
                return;
            }
            long start = System.nanoTime();
            close(new SourceBody(source, 0, size));
            pieces.took(size, System.nanoTime() - start);
        });
    }

    /** Bytes by and by; from where the registry has them if that breaks off. */
    void inChunks(PieceSize chunks) throws IOException {
        inherit();
        untilDone(() -> {
            if ((location == null || !locate()) && isThereWhenBegun()) {
                return;
            }
            while (acknowledged < size) {
                long piece = Math.min(Math.max(chunks.next(), smallestChunk), size - acknowledged);
                long start = System.nanoTime();
                write(piece);
                chunks.took(piece, System.nanoTime() - start);
                keep();
            }
            close(new ByteArrayEntity(new byte[0]));
        });
    }

    /** In chunks of a size that suits the way; whole, where the registry does not take even the first of them. */
    void inPieces() throws IOException {
        try {
            inChunks(pieces);
        } catch (RemoteRegistryException e) {
            // A refusal that comes before the end of the chunk may be seen as no more than a broken connection.
            boolean isRefusal = e.kind() == Kind.REFUSED || e.kind() == Kind.UNREACHABLE;
            if (!isRefusal || !e.request().startsWith("PATCH") || furthest > 0) {
                throw e;
            }
            whole();
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    /** Repeats what broke; an attempt that brought the upload on counts as the first again. */
    private void untilDone(Attempt attempt) throws IOException {
        for (int failures = 1;; failures++) {
            try {
                attempt.run();
                forget();
                return;
            } catch (RemoteRegistryException e) {
                RemoteRegistryException failure = asTransient(e);
                if (inherited && !failure.kind().isTransient()) {
                    // What is wrong may be wrong with what was there.
                    giveUp();
                    failures = 0;
                    continue;
                }
                if (acknowledged > furthest) {
                    furthest = acknowledged;
                    failures = 1;
                }
                if (!api.http().retry().another(failures, failure)) {
                    giveUpUnless(failure.kind().isTransient());
                    throw e;
                }
                if (isThere()) {
                    forget();
                    return;
                }
            } catch (IOException e) {
                giveUpUnless(true);
                throw e;
            }
        }
    }

    /** Leaves the upload for a later attempt, if there is one and it can be found again. */
    private void giveUpUnless(boolean mayGoOn) {
        if (!mayGoOn || kept.isEmpty()) {
            giveUp();
        }
    }

    private void giveUp() {
        cancel();
        forget();
        acknowledged = 0;
    }

    private void inherit() {
        Matcher session = SESSION.matcher(sessions.find(digest).orElse(""));
        if (session.matches()) {
            smallestChunk = Long.parseLong(session.group(1));
            location = URI.create(session.group(2));
            kept = session.group();
            inherited = true;
        }
    }

    private void keep() {
        String session = smallestChunk + " " + location;
        if (!session.equals(kept) && session.length() <= MOST_KEPT && sessions != UploadSessions.NONE) {
            sessions.remember(digest, session);
            kept = session;
        }
    }

    private void forget() {
        if (!kept.isEmpty()) {
            sessions.forget(digest);
            kept = "";
        }
        inherited = false;
    }

    /**
     * An upload that the registry forgot, or whose offset is another than we thought, can be begun or found again; one
     * that is still being written to (409) by a request of ours whose connection broke is free in a moment.
     */
    private static RemoteRegistryException asTransient(RemoteRegistryException e) {
        boolean isLost = e.status() == 404 && !e.request().startsWith("POST") || e.status() == 416
                || e.status() == 409;
        return isLost ? new RemoteRegistryException(Kind.SERVER_ERROR, e.request(), e.getMessage(), e) : e;
    }

    /** The answer to the closing request may be what got lost. */
    private boolean isThere() {
        try {
            RemoteRequest head = RemoteRequest.of("HEAD", api.v2(repository + "/blobs/" + digest),
                    RegistryApi.push(repository)).once();
            return api.find(head, answer -> answer.contentLength() == size).orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins; or is told that there is no need to, for the registry has the blob in another repository (201). */
    private boolean isThereWhenBegun() throws IOException {
        String mount = findsBlobs ? "?mount=" + digest : "";
        RemoteRequest post = RemoteRequest.of("POST", api.v2(repository + "/blobs/uploads/" + mount),
                RegistryApi.push(repository)).with(new ByteArrayEntity(new byte[0])).once();
        acknowledged = 0;
        location = null;
        long start = System.nanoTime();
        return api.send(post, answer -> {
            pieces.paused(System.nanoTime() - start);
            if (findsBlobs && answer.status() == 201) {
                return true;
            }
            location = api.location(answer);
            smallestChunk = answer.header("OCI-Chunk-Min-Length").filter(text -> text.matches("[0-9]{1,12}"))
                    .map(Long::valueOf).orElse(0L);
            return false;
        });
    }

    /** Asks how far the upload is; false if the registry does not know it any more. */
    private boolean locate() throws IOException {
        RemoteRequest get = RemoteRequest.of("GET", location, RegistryApi.push(repository)).once();
        return api.find(get, answer -> {
            long end = end(answer).orElseThrow(() -> answer.malformed("there is no Range in the answer"));
            // Registries write "0-0" for nothing as well as for one byte; a chunk never has just one.
            acknowledged = end == 0 ? 0 : end + 1;
            if (acknowledged > size) {
                throw answer.failure(Kind.WRONG_LENGTH, "the registry has " + acknowledged
                        + " bytes of the upload of a blob of " + size);
            }
            moveOn(answer);
            return true;
        }).orElse(false);
    }

    private void write(long length) throws IOException {
        long end = acknowledged + length;
        RemoteRequest patch = RemoteRequest.of("PATCH", location, RegistryApi.push(repository))
                .with("Content-Range", acknowledged + "-" + (end - 1))
                .with(new SourceBody(source, acknowledged, length)).once();
        api.send(patch, answer -> {
            moveOn(answer);
            Optional<Long> last = end(answer);
            if (last.isPresent() && last.get() + 1 != end && end != 1) {
                if (last.get() >= end || last.get() + 1 < acknowledged) {
                    throw answer.failure(Kind.WRONG_LENGTH, "the registry has " + (last.get() + 1)
                            + " bytes of the upload, not " + end);
                }
                acknowledged = last.get() + 1;
            } else {
                acknowledged = end;
            }
            return null;
        });
    }

    private void close(HttpEntity body) throws IOException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        URI closing = URI.create(location + separator + "digest=" + digest);
        RemoteRequest put = RemoteRequest.of("PUT", closing, RegistryApi.push(repository))
                .with("Content-Type", "application/octet-stream").with(body).once();
        api.send(put, answer -> {
            Optional<String> named = answer.header("Docker-Content-Digest");
            if (named.isPresent() && !named.get().strip().equals(digest.toString())
                    && named.get().startsWith(digest.algorithm().wireName())) {
                throw answer.failure(Kind.WRONG_DIGEST, "the registry calls the blob " + named.get() + ", not "
                        + digest);
            }
            return null;
        });
        location = null;
    }

    private void moveOn(RemoteAnswer answer) throws IOException {
        if (answer.header("Location").isPresent()) {
            location = api.location(answer);
        }
    }

    private static Optional<Long> end(RemoteAnswer answer) {
        Matcher range = RANGE.matcher(answer.header("Range").orElse("").strip());
        return range.matches() ? Optional.of(Long.valueOf(range.group(1))) : Optional.empty();
    }

    /** What is left of it would only take space; that it could not be removed is no failure of ours. */
    private void cancel() {
        if (location != null) {
            cancel(api, repository, location);
            location = null;
        }
    }

    static void cancel(RegistryApi api, RemoteName repository, URI location) {
        try {
            api.send(RemoteRequest.of("DELETE", location, RegistryApi.push(repository)).once());
        } catch (IOException e) {
            // The registry removes abandoned uploads by itself.
        }
    }
}
