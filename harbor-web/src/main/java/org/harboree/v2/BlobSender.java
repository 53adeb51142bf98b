// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.ServletOutputStreamImpl;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.harboree.oci.ByteRange;
import org.harboree.registry.BlobRef;
import org.harboree.web.ClientGoneException;

/**
 * Sends bytes of a file by the fastest way for its length.
 *
 * <p>From {@value #ZERO_COPY_FROM} bytes on the kernel moves them from file to socket. Below, they are read into memory
 * and written with the headers in one go; also because Undertow's transfer of a short range, before the headers are
 * out, sends a whole buffer of the file whatever length was declared.
 */
final class BlobSender {
    private static final int ZERO_COPY_FROM = 128 * 1024;

    private BlobSender() {}

    static void send(BlobRef blob, FileChannel file, Optional<ByteRange> range) throws IOException {
        // the server's own response: JAX-RS would hand out a proxy, whose stream cannot transfer a file
        HttpServletResponse response = ServletRequestContext.requireCurrent().getOriginalResponse();
        long first = range.map(ByteRange::first).orElse(0L);
        long length = range.map(ByteRange::length).orElse(blob.size());
        describe(response, blob, range, length);
        file.position(first);
        if (length < ZERO_COPY_FROM) {
            ByteBuffer buffer = ByteBuffer.allocate((int) length);
            while (buffer.hasRemaining() && file.read(buffer) >= 0) {
                // until all is read; a file that has shrunk leaves the answer short, and the client sees it
            }
            write(response.getOutputStream(), buffer.flip());
        } else {
            transfer(response, file);
        }
    }

    private static void describe(HttpServletResponse response, BlobRef blob, Optional<ByteRange> range, long length) {
        String digest = blob.digest().toString();
        response.setStatus(range.isPresent() ? HttpServletResponse.SC_PARTIAL_CONTENT : HttpServletResponse.SC_OK);
        response.setHeader(VersionHeader.NAME, VersionHeader.VALUE);
        response.setHeader(ManifestResource.CONTENT_DIGEST, digest);
        response.setHeader("ETag", EntityTag.of(digest));
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(length);
        range.ifPresent(part -> response.setHeader(
                "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + blob.size()));
    }

    private static void write(ServletOutputStream out, ByteBuffer bytes) throws IOException {
        try {
            out.write(bytes.array(), 0, bytes.limit());
            out.close();
        } catch (IOException e) {
            throw new ClientGoneException("the client stopped reading", e);
        }
    }

    @SuppressWarnings("deprecation")
    private static void transfer(HttpServletResponse response, FileChannel file) throws IOException {
        try {
            response.flushBuffer();
            ServletOutputStream out = response.getOutputStream();
            ((ServletOutputStreamImpl) out).transferFrom(file);
            out.close();
        } catch (IOException e) {
            throw new ClientGoneException("the client stopped reading", e);
        }
    }
}
