// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** The legacy header by which old clients recognise a registry. */
@Provider
public class VersionHeader implements ContainerResponseFilter {
    static final String NAME = "Docker-Distribution-Api-Version";
    static final String VALUE = "registry/2.0";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(NAME, VALUE);
    }
}
