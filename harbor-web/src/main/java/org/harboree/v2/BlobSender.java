// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.ServletOutputStreamImpl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.harboree.oci.ByteRange;
import org.harboree.registry.BlobRef;
import org.harboree.registry.PullService;
import org.harboree.storage.BlobContent;
import org.harboree.web.ClientGoneException;

/**
 * Sends the bytes of a blob by the fastest way for its length: small ones from memory, with the headers in one go; the
 * others are moved by the kernel from file to socket.
 *
 * <p>The headers of a transfer go out first: Undertow would send a whole buffer of the file with them, whatever length
 * was declared.
 */
@ApplicationScoped
class BlobSender {
    private static final int PART_IN_MEMORY = 64 * 1024;

    @Inject
    private PullService pulls;

    void send(BlobRef blob, Optional<ByteRange> range) throws IOException {
        // the server's own response: JAX-RS would hand out a proxy, whose stream cannot transfer a file
        HttpServletResponse response = ServletRequestContext.requireCurrent().getOriginalResponse();
        long first = range.map(ByteRange::first).orElse(0L);
        long length = range.map(ByteRange::length).orElse(blob.size());
        if (blob.size() <= PullService.SMALL_BLOB_BYTES) {
            ByteBuffer content = pulls.smallContent(blob);
            describe(response, blob, range, length);
            write(response, content.position((int) first).limit((int) (first + length)));
            return;
        }
        try (BlobContent content = pulls.open(blob)) {
            describe(response, blob, range, length);
            if (length <= PART_IN_MEMORY) {
                ByteBuffer part = ByteBuffer.allocate((int) length);
                while (part.hasRemaining() && content.channel().read(part, first + part.position()) >= 0) {
                    // until all is read; a file that has shrunk leaves the answer short, and the client sees it
                }
                write(response, part.flip());
            } else {
                content.channel().position(first);
                transfer(response, content.channel());
            }
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

    private static void write(HttpServletResponse response, ByteBuffer bytes) throws IOException {
        try {
            ServletOutputStreamImpl out = (ServletOutputStreamImpl) response.getOutputStream();
            out.write(bytes);
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
