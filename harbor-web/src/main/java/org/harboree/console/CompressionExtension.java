// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts {@link CompressionHandler} in front of the servlets; Undertow finds it by {@code META-INF/services}.
 *
 * <p>There it comes first and hence stands innermost: a pull from memory is answered before it, and any other request
 * pays for one comparison of a prefix. A filter of the server's (20-undertow.cli) would stand before all of them.
 */
public class CompressionExtension implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(CompressionHandler::new);
    }
}
