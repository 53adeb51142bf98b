// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.RepositoryName;
import org.harboree.registry.ReferrersService;
import org.harboree.web.QueryString;

/** end-12a and end-12b: what refers to a manifest. */
@Path("{name: .+}/referrers/{digest}")
public class ReferrersResource {
    @Inject
    private RegistryCallers callers;

    @Inject
    private ReferrersService referrers;

    @GET
    public Response list(@PathParam("name") String name, @PathParam("digest") String digest,
            @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        Digest subject = Digest.parse(digest);
        QueryString query = QueryString.of(request);
        Optional<String> type = query.only("artifactType", ErrorCode.UNSUPPORTED).filter(t -> !t.isEmpty());
        long after = query.only("next", ErrorCode.PAGINATION_INVALID).map(ReferrersResource::position).orElse(0L);
        ReferrersService.Referrers page = referrers.list(callers.of(request), repository, subject, type, after);
        Response.ResponseBuilder answer = Response.ok(page.indexJson(), MediaTypes.OCI_INDEX);
        type.ifPresent(t -> answer.header("OCI-Filters-Applied", "artifactType"));
        page.next().ifPresent(next -> answer.header(HttpHeaders.LINK, "</v2/" + repository + "/referrers/" + subject
                + "?next=" + next
                + type.map(t -> "&artifactType=" + URLEncoder.encode(t, StandardCharsets.UTF_8)).orElse("")
                + ">; rel=\"next\""));
        return answer.build();
    }

    private static long position(String next) {
        try {
            return Long.parseLong(next);
        } catch (NumberFormatException e) {
            throw new HarborException(ErrorCode.PAGINATION_INVALID);
        }
    }
}
