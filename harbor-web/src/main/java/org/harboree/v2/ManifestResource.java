// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.harboree.error.ErrorCode;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.registry.ManifestService;
import org.harboree.registry.PullService;
import org.harboree.registry.StoredManifest;
import org.harboree.web.QueryString;

/** end-3, end-7, end-9: manifests by tag and by digest. */
@Path("{name: .+}/manifests/{reference}")
public class ManifestResource {
    static final String CONTENT_DIGEST = "Docker-Content-Digest";
    private static final int MAX_BYTES = 4 << 20;

    @Inject
    private RegistryCallers callers;

    @Inject
    private PullService pulls;

    @Inject
    private ManifestService manifests;

    @GET
    public Response get(@PathParam("name") String name, @PathParam("reference") String reference,
            @Context HttpServletRequest request) {
        Reference asked = Reference.parse(reference);
        StoredManifest manifest = pulls.manifest(callers.of(request), RepositoryName.parse(name), asked);
        if (EntityTag.matches(request, manifest.digest())) {
            return headers(Response.notModified(), manifest).build();
        }
        pulls.pulled(manifest, asked);
        return headers(Response.ok(manifest.content()), manifest)
                .type(manifest.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, manifest.content().length)
                .build();
    }

    @HEAD
    public Response head(@PathParam("name") String name, @PathParam("reference") String reference,
            @Context HttpServletRequest request) {
        StoredManifest manifest =
                pulls.manifest(callers.of(request), RepositoryName.parse(name), Reference.parse(reference));
        if (EntityTag.matches(request, manifest.digest())) {
            return headers(Response.notModified(), manifest).build();
        }
        return headers(Response.ok(), manifest)
                .type(manifest.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, manifest.content().length)
                .build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder answer, StoredManifest manifest) {
        return answer.header(CONTENT_DIGEST, manifest.digest())
                .header(HttpHeaders.ETAG, EntityTag.of(manifest.digest()));
    }

    @PUT
    public Response put(@PathParam("name") String name, @PathParam("reference") String reference,
            @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        Reference target = Reference.parse(reference);
        var caller = callers.of(request);
        RequestBody.requireIdentityCoding(request);
        ManifestService.Pushed pushed = manifests.push(caller, repository, target, request.getContentType(),
                () -> content(request), QueryString.of(request).all("tag"));
        Response.ResponseBuilder answer = Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/v2/" + repository + "/manifests/" + pushed.digest())
                .header(CONTENT_DIGEST, pushed.digest());
        pushed.subject().ifPresent(subject -> answer.header("OCI-Subject", subject));
        if (!QueryString.of(request).all("tag").isEmpty()) {
            pushed.tags().forEach(tag -> answer.header("OCI-Tag", tag.value()));
        }
        return answer.build();
    }

    private static byte[] content(HttpServletRequest request) {
        try {
            return RequestBody.bytes(request, MAX_BYTES, ErrorCode.MANIFEST_TOO_LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DELETE
    public Response delete(@PathParam("name") String name, @PathParam("reference") String reference,
            @Context HttpServletRequest request) {
        manifests.delete(callers.of(request), RepositoryName.parse(name), Reference.parse(reference));
        return Response.accepted().build();
    }
}
