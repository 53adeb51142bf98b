// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Tells clients, and other Harbors that replicate with this one, which API to speak. */
@Path("version")
public class VersionResource {

    @GET
    public Response version() {
        return Answers.ok(Map.of("version", "v2.0"));
    }
}
