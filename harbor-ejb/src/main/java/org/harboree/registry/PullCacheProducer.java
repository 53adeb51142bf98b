// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.harboree.node.NodeWatch;

/** Makes the one {@link PullCache}: without a proxy around it, for its fields are read on each pull. */
@ApplicationScoped
class PullCacheProducer {
    @Inject
    private NodeWatch nodes;

    @Produces
    @Singleton
    PullCache cache() {
        return new PullCache(nodes);
    }
}
