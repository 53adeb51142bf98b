// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.registry.BlobRef;
import org.harboree.registry.BlobService;
import org.harboree.registry.BlobUploadService;
import org.harboree.registry.RegistryCaller;
import org.harboree.registry.Upload;
import org.harboree.web.QueryString;

/** end-4, end-5, end-6, end-11, end-13, end-14: uploads of blobs, and mounts in their place. */
@Path("{name: .+}/blobs/uploads")
public class BlobUploadResource {
    @Inject
    private RegistryCallers callers;

    @Inject
    private BlobUploadService uploads;

    @Inject
    private BlobService blobs;

    @POST
    public Response start(@PathParam("name") String name, @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        QueryString query = QueryString.of(request);
        Optional<Digest> mount = query.only("mount", ErrorCode.DIGEST_INVALID).map(Digest::parse);
        Optional<Digest> digest = query.only("digest", ErrorCode.DIGEST_INVALID).map(Digest::parse);
        Digest.Algorithm algorithm = algorithm(query, digest);
        RegistryCaller caller = callers.of(request);
        if (mount.isPresent()) {
            Optional<RepositoryName> from = query.only("from", ErrorCode.NAME_INVALID).map(RepositoryName::parse);
            Optional<BlobRef> mounted = blobs.mount(caller, repository, mount.get(), from);
            if (mounted.isPresent()) {
                return created(repository, mount.get());
            }
        }
        if (digest.isPresent()) {
            uploads.push(caller, repository, digest.get(), RequestBody.of(request));
            return created(repository, digest.get());
        }
        return progress(Response.Status.ACCEPTED, repository, uploads.start(caller, repository, algorithm));
    }

    private static Digest.Algorithm algorithm(QueryString query, Optional<Digest> digest) {
        Optional<Digest.Algorithm> asked =
                query.only("digest-algorithm", ErrorCode.DIGEST_INVALID).map(Digest.Algorithm::parse);
        if (asked.isPresent() && digest.isPresent() && digest.get().algorithm() != asked.get()) {
            throw new HarborException(ErrorCode.DIGEST_INVALID, "digest and digest-algorithm contradict each other");
        }
        return asked.orElse(Digest.Algorithm.SHA256);
    }

    @GET
    @Path("{upload}")
    public Response status(@PathParam("name") String name, @PathParam("upload") String upload,
            @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        return progress(Response.Status.NO_CONTENT, repository,
                uploads.status(callers.of(request), repository, upload));
    }

    @PATCH
    @Path("{upload}")
    public Response append(@PathParam("name") String name, @PathParam("upload") String upload,
            @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        RegistryCaller caller = callers.of(request);
        return progress(Response.Status.ACCEPTED, repository,
                uploads.append(caller, repository, upload, RequestBody.of(request)));
    }

    @PUT
    @Path("{upload}")
    public Response finish(@PathParam("name") String name, @PathParam("upload") String upload,
            @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        Digest digest = QueryString.of(request).only("digest", ErrorCode.DIGEST_INVALID).map(Digest::parse)
                .orElseThrow(() -> new HarborException(ErrorCode.DIGEST_INVALID, "the parameter digest is missing"));
        RegistryCaller caller = callers.of(request);
        uploads.finish(caller, repository, upload, digest, RequestBody.of(request));
        return created(repository, digest);
    }

    @DELETE
    @Path("{upload}")
    public Response cancel(@PathParam("name") String name, @PathParam("upload") String upload,
            @Context HttpServletRequest request) {
        uploads.cancel(callers.of(request), RepositoryName.parse(name), upload);
        return Response.noContent().build();
    }

    private static Response created(RepositoryName repository, Digest digest) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/v2/" + repository + "/blobs/" + digest)
                .header(ManifestResource.CONTENT_DIGEST, digest)
                .build();
    }

    /** An empty upload is told as {@code 0-0}, as distribution does and clients expect. */
    private static Response progress(Response.Status status, RepositoryName repository, Upload upload) {
        return Response.status(status)
                .header(HttpHeaders.LOCATION, "/v2/" + repository + "/blobs/uploads/" + upload.id())
                .header("Range", "0-" + Math.max(0, upload.offset() - 1))
                .header("Docker-Upload-UUID", upload.id())
                .build();
    }
}
