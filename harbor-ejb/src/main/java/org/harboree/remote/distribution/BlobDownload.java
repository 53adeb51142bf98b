// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.distribution;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.harboree.oci.Digest;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteHttp;
import org.harboree.remote.http.RemoteRequest;

/**
 * The bytes of a blob, over as many connections as it takes: where one breaks, the next goes on by {@code Range}. The
 * last byte is handed out only when length and digest are known to be right.
 */
final class BlobDownload extends InputStream {
    private static final int SKIP_BUFFER = 64 << 10;
    /** A connection that brought as many bytes was a good one: the count of broken ones begins anew. */
    private static final long PROGRESS = 1 << 20;

    private final RegistryApi api;
    private final RemoteRequest request;
    private final Digest digest;
    private final long size;
    private final MessageDigest hash;
    private long position;
    private long openedAt;
    private int broken;
    private RemoteAnswer answer;
    private InputStream body;

    private BlobDownload(RegistryApi api, RemoteRequest request, Digest digest, long size, long offset) {
        this.api = api;
        this.request = request;
        this.digest = digest;
        this.size = size;
        this.position = offset;
        this.hash = offset == 0 ? digest.algorithm().newMessageDigest() : null;
    }

    /** Asks for the bytes, so that a blob that is not there is known at once. */
    static BlobDownload open(RegistryApi api, RemoteRequest request, Digest digest, long size, long offset)
            throws IOException {
        BlobDownload download = new BlobDownload(api, request, digest, size, offset);
        download.connect();
        if (offset == size) {
            download.finish();
        }
        return download;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            return -1;
        }
        int read = readSome(buffer, offset, (int) Math.min(length, size - position));
        position += read;
        if (hash != null) {
            hash.update(buffer, offset, read);
        }
        if (position == size) {
            finish();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        if (answer != null) {
            answer.close();
            answer = null;
        }
    }

    private int readSome(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int read = body.read(buffer, offset, length);
                if (read >= 0) {
                    return read;
                }
                // The answer came to its own end, so the connection did not break.
                throw answer.failure(Kind.WRONG_LENGTH, "the blob has " + position + " bytes, not " + size);
            } catch (IOException e) {
                resume(RemoteHttp.failure(request, e));
            }
        }
    }

    private void resume(RemoteRegistryException failure) throws IOException {
        close();
        broken = position - openedAt >= PROGRESS ? 1 : broken + 1;
        if (!api.http().retry().another(broken, failure)) {
            throw failure;
        }
        connect();
    }

    private void connect() throws IOException {
        RemoteRequest from = position == 0 || position == size ? request : request.with("Range", "bytes=" + position
                + "-");
        answer = api.open(from);
        try {
            body = answer.body();
            openedAt = position;
            checkLength();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Passes over what was had before, where the registry knows no ranges. */
    private void checkLength() throws IOException {
        long length = answer.contentLength();
        if (answer.status() == 206) {
            String range = answer.header("Content-Range").orElse("");
            if (!range.startsWith("bytes " + position + "-")) {
                throw answer.malformed("the answer has another range than was asked for: " + range);
            }
            if (length >= 0 && length != size - position) {
                throw answer.failure(Kind.WRONG_LENGTH, "the blob has " + (position + length) + " bytes, not " + size);
            }
            return;
        }
        if (length >= 0 && length != size) {
            throw answer.failure(Kind.WRONG_LENGTH, "the blob has " + length + " bytes, not " + size);
        }
        skip();
    }

    private void skip() throws IOException {
        byte[] buffer = new byte[SKIP_BUFFER];
        for (long left = position; left > 0;) {
            int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the answer ended before the place to go on from");
            }
            left -= read;
        }
    }

    private void finish() throws IOException {
        try {
            if (body.read() >= 0) {
                throw answer.failure(Kind.WRONG_LENGTH, "the blob has more than " + size + " bytes");
            }
            if (hash != null && !Digest.of(digest.algorithm(), hash.digest()).equals(digest)) {
                throw answer.failure(Kind.WRONG_DIGEST, "the blob has another digest than " + digest);
            }
        } catch (IOException e) {
            throw RemoteHttp.failure(request, e);
        } finally {
            close();
        }
    }
}
