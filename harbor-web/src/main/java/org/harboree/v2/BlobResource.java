// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.harboree.error.HarborException;
import org.harboree.oci.ByteRange;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.registry.BlobRef;
import org.harboree.registry.BlobService;
import org.harboree.registry.PullService;

/** end-2 and end-10: blobs by digest. */
@Path("{name: .+}/blobs/{digest}")
public class BlobResource {
    private static final String OCTET_STREAM = "application/octet-stream";

    @Inject
    private RegistryCallers callers;

    @Inject
    private PullService pulls;

    @Inject
    private BlobService blobs;

    @Inject
    private BlobSender sender;

    @GET
    public Response get(@PathParam("name") String name, @PathParam("digest") String digest,
            @Context HttpServletRequest request, @Context HttpServletResponse response) throws IOException {
        BlobRef blob = pulls.blob(callers.of(request), RepositoryName.parse(name), Digest.parse(digest));
        if (EntityTag.matches(request, digest)) {
            return headers(Response.notModified(), blob).build();
        }
        Optional<ByteRange> range;
        try {
            range = range(request, blob);
        } catch (HarborException unsatisfiable) {
            response.setHeader("Content-Range", "bytes */" + blob.size());
            throw unsatisfiable;
        }
        if (blob.size() == 0) {
            return headers(Response.ok(new byte[0], OCTET_STREAM), blob).build();
        }
        sender.send(blob, range);
        // the answer is on its way already: what JAX-RS would add comes too late
        return null;
    }

    /** A condition on another entity makes the range void (RFC 9110 13.1.5). */
    private static Optional<ByteRange> range(HttpServletRequest request, BlobRef blob) {
        String header = request.getHeader("Range");
        String condition = request.getHeader("If-Range");
        boolean whole = header == null
                || condition != null && !condition.equals(EntityTag.of(blob.digest().toString()));
        return whole ? Optional.empty() : ByteRange.parse(header, blob.size());
    }

    @HEAD
    public Response head(@PathParam("name") String name, @PathParam("digest") String digest,
            @Context HttpServletRequest request) {
        BlobRef blob = pulls.promisedBlob(callers.of(request), RepositoryName.parse(name), Digest.parse(digest));
        if (EntityTag.matches(request, digest)) {
            return headers(Response.notModified(), blob).build();
        }
        return headers(Response.ok(), blob)
                .type(OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, blob.size())
                .build();
    }

    @DELETE
    public Response delete(@PathParam("name") String name, @PathParam("digest") String digest,
            @Context HttpServletRequest request) {
        blobs.delete(callers.of(request), RepositoryName.parse(name), Digest.parse(digest));
        return Response.accepted().build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder answer, BlobRef blob) {
        String digest = blob.digest().toString();
        return answer.header(ManifestResource.CONTENT_DIGEST, digest)
                .header(HttpHeaders.ETAG, EntityTag.of(digest))
                .header("Accept-Ranges", "bytes");
    }
}
