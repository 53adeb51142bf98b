// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.ContentRange;
import org.harboree.registry.UploadBody;
import org.harboree.web.ClientGoneException;
import org.xnio.channels.StreamSourceChannel;

/**
 * The body of an upload, read from Undertow's request channel.
 *
 * <p>The servlet's stream would copy it in pieces of one pooled buffer; the channel fills whatever buffer the storage
 * brings. A client that sends less than {@value #MIN_BYTES_PER_WINDOW} bytes in a minute is cut off.
 */
final class RequestBody implements ReadableByteChannel {
    private static final long WINDOW_NANOS = 60_000_000_000L;
    private static final long MIN_BYTES_PER_WINDOW = 60 * 1024;

    private final StreamSourceChannel channel;
    private long windowStart = System.nanoTime();
    private long windowBytes;

    private RequestBody(StreamSourceChannel channel) {
        this.channel = channel;
    }

    /**
     * The upload's part of the request.
     *
     * @throws HarborException CONTENT_ENCODING_UNSUPPORTED, BLOB_UPLOAD_INVALID for a bad {@code Content-Range},
     *     SIZE_INVALID if it contradicts {@code Content-Length}
     */
    static UploadBody of(HttpServletRequest request) {
        requireIdentityCoding(request);
        long length = request.getContentLengthLong();
        boolean none = length < 0 && request.getHeader("Transfer-Encoding") == null
                && request.getProtocol().startsWith("HTTP/1");
        return new UploadBody(
                length >= 0 || none ? OptionalLong.of(Math.max(0, length)) : OptionalLong.empty(),
                Optional.ofNullable(request.getHeader("Content-Range")).map(ContentRange::parse),
                new RequestBody(ServletRequestContext.requireCurrent().getExchange().getRequestChannel()));
    }

    /** Compressed bodies are refused, not inflated: a digest is of the bytes that are sent. */
    static void requireIdentityCoding(HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw new HarborException(ErrorCode.CONTENT_ENCODING_UNSUPPORTED);
        }
    }

    /**
     * The whole body in memory.
     *
     * @throws HarborException of the given code for more than {@code max} bytes; no more than that are read
     */
    static byte[] bytes(HttpServletRequest request, int max, ErrorCode tooLarge) throws IOException {
        long length = request.getContentLengthLong();
        if (length > max) {
            throw new HarborException(tooLarge);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length >= 0 ? (int) length + 1 : 64 * 1024);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length >= 0 ? (int) length : 64 * 1024);
        RequestBody body = new RequestBody(ServletRequestContext.requireCurrent().getExchange().getRequestChannel());
        while (body.read(buffer) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            if (bytes.size() > max) {
                throw new HarborException(tooLarge);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            int count;
            while ((count = channel.read(target)) == 0 && target.hasRemaining()) {
                channel.awaitReadable();
            }
            requireProgress(count);
            return count;
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException("the request body ended early", e);
        }
    }

    private void requireProgress(int count) throws ClientGoneException {
        windowBytes += Math.max(0, count);
        long now = System.nanoTime();
        if (now - windowStart > WINDOW_NANOS) {
            if (windowBytes < MIN_BYTES_PER_WINDOW && count >= 0) {
                throw new ClientGoneException("the request body comes too slowly", null);
            }
            windowStart = now;
            windowBytes = 0;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** The server ends the request; nothing is closed here. */
    @Override
    public void close() {}
}
