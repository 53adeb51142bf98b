// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Whether the server answers at all; asks neither the database nor who calls. */
@Path("ping")
public class PingResource {

    @GET
    public Response ping() {
        return Response.ok("Pong", "text/plain; charset=utf-8").build();
    }
}
