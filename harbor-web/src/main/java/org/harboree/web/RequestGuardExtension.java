// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * Puts {@link RequestGuard} in front of all; Undertow finds it by {@code META-INF/services}, where it must come last.
 */
public class RequestGuardExtension implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(RequestGuard::new);
    }
}
