// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.http.entity.AbstractHttpEntity;
import org.harboree.remote.BlobSource;

/** A part of a {@link BlobSource} as the body of a request, opened anew each time that it is sent. */
public final class SourceBody extends AbstractHttpEntity {
    private static final int BUFFER = 128 << 10;

    private final BlobSource source;
    private final long offset;
    private final long length;

    /** The {@code length} bytes from {@code offset} on. */
    public SourceBody(BlobSource source, long offset, long length) {
        this.source = source;
        this.offset = offset;
        this.length = length;
        setContentType("application/octet-stream");
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public InputStream getContent() throws IOException {
        return source.open(offset);
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(length, 1))];
        try (Reader in = new Reader(source, offset)) {
            for (long left = length; left > 0;) {
                int read = in.read(buffer, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Tells failures of the source from those of the connection. */
    private static final class Reader implements AutoCloseable {
        private final InputStream in;

        Reader(BlobSource source, long offset) throws SourceFailure {
            try {
                in = source.open(offset);
            } catch (IOException e) {
                throw new SourceFailure(e);
            }
        }

        int read(byte[] buffer, int length) throws SourceFailure {
            try {
                int read = in.read(buffer, 0, length);
                if (read < 0) {
                    throw new EOFException("the source of the upload ended too early");
                }
                return read;
            } catch (IOException e) {
                throw new SourceFailure(e);
            }
        }

        @Override
        public void close() throws SourceFailure {
            try {
                in.close();
            } catch (IOException e) {
                throw new SourceFailure(e);
            }
        }
    }

    /** Carries the source's exception through the HTTP client. */
    static final class SourceFailure extends IOException {
        private static final long serialVersionUID = 1L;

        SourceFailure(IOException cause) {
            super(cause);
        }

        @Override
        public synchronized IOException getCause() {
            return (IOException) super.getCause();
        }
    }
}
