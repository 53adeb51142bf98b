// SPDX-License-Identifier: Apache-2.0
package org.harboree.token;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.harboree.web.ErrorMapper;

/** The token service. */
@ApplicationPath("/service")
public class TokenApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ErrorMapper.class, TokenResource.class, TokenKeyResource.class);
    }
}
