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
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteRequest;
import org.harboree.remote.http.SourceBody;

/**
 * One upload of a blob: begun, written, closed with its digest (Distribution Spec, "Pushing blobs"). Used once, by one
 * thread.
 */
final class BlobUpload {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistryApi api;
    private final RemoteName repository;
    private final Digest digest;
    private final long size;
    private final BlobSource source;

    /** Where the next request of the upload goes; null while there is none. */
    private URI location;
    private long acknowledged;
    /** The most that was ever acknowledged: what was lost and sent again is no progress. */
    private long furthest;
    private long smallestChunk;

    BlobUpload(RegistryApi api, RemoteName repository, Digest digest, long size, BlobSource source) {
        this.api = api;
        this.repository = repository;
        this.digest = digest;
        this.size = size;
        this.source = source;
    }

    /** All bytes with the closing request; from the start if that breaks off. */
    void whole() throws IOException {
        untilDone(() -> {
            cancel();
            begin();
            close(new SourceBody(source, 0, size));
        });
    }

    /** Bytes by and by; from where the registry has them if that breaks off. */
    void inChunks(long chunkSize) throws IOException {
        untilDone(() -> {
            if (location == null || !locate()) {
                begin();
            }
            while (acknowledged < size) {
                write(Math.min(Math.max(chunkSize, smallestChunk), size - acknowledged));
            }
            close(new ByteArrayEntity(new byte[0]));
        });
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
                return;
            } catch (RemoteRegistryException e) {
                if (acknowledged > furthest) {
                    furthest = acknowledged;
                    failures = 1;
                }
                if (!api.http().retry().another(failures, asTransient(e))) {
                    cancel();
                    throw e;
                }
                if (isThere()) {
                    return;
                }
            } catch (IOException e) {
                cancel();
                throw e;
            }
        }
    }

    /** An upload that the registry forgot, or whose offset is another than we thought, can be begun or found again. */
    private static RemoteRegistryException asTransient(RemoteRegistryException e) {
        boolean isLost = e.status() == 404 && !e.request().startsWith("POST") || e.status() == 416;
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

    private void begin() throws IOException {
        RemoteRequest post = RemoteRequest.of("POST", api.v2(repository + "/blobs/uploads/"),
                RegistryApi.push(repository)).with(new ByteArrayEntity(new byte[0])).once();
        acknowledged = 0;
        location = null;
        api.send(post, answer -> {
            location = api.location(answer);
            smallestChunk = answer.header("OCI-Chunk-Min-Length").filter(text -> text.matches("[0-9]{1,12}"))
                    .map(Long::valueOf).orElse(0L);
            return null;
        });
    }

    /** Asks how far the upload is; false if the registry does not know it any more. */
    private boolean locate() throws IOException {
        RemoteRequest get = RemoteRequest.of("GET", location, RegistryApi.push(repository)).once();
        return api.find(get, answer -> {
            long end = end(answer).orElseThrow(() -> answer.malformed("there is no Range in the answer"));
            // Registries write "0-0" for nothing as well as for one byte; a chunk never has just one.
            acknowledged = end == 0 ? 0 : end + 1;
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
