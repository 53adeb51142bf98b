// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Puts {@link WarmPullHandler} in front of the servlets; Undertow finds it by {@code META-INF/services}. */
public class WarmPullExtension implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> new WarmPullHandler(next, context));
    }
}
